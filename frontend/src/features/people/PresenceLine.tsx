import { clock, dayLabel, daysAgo } from '@/lib/format';
import { usePresence } from './usePresence';

/** "Online", or when somebody was here last. Nothing where that is not known. */
export function PresenceLine({ userId }: { userId: number }) {
  const { t, i18n } = useTranslation('people');
  const { isOnline, lastSeen } = usePresence(userId);
  const [now] = useState(Date.now);
  if (isOnline) {
    return (
      <span className="flex items-center gap-1.5 text-sm text-fg-2">
        <span aria-hidden className="size-2 rounded-full bg-online" />
        {t('online')}
      </span>
    );
  }
  if (!lastSeen) return <span className="block truncate text-sm text-fg-3">{t('offline')}</span>;
  const days = daysAgo(lastSeen, now);
  const time = clock(lastSeen, i18n.language);
  return (
    <span className="block truncate text-sm text-fg-3">
      {days <= 0 && t('seenToday', { time })}
      {days === 1 && t('seenYesterday', { time })}
      {days > 1 && t('seenOn', { day: dayLabel(lastSeen, now, i18n.language) })}
    </span>
  );
}
