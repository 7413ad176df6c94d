import type { SessionInfo } from '@banter/client';
import { Monitor, Smartphone, Tablet, Terminal } from 'lucide-react';

import { clock, dayLabel, daysAgo, fullTime } from '@/lib/format';
import { Button } from '@/ui/Button';
import { type Device, deviceOf } from './user-agent';

const ICONS = { computer: Monitor, phone: Smartphone, tablet: Tablet, program: Terminal } satisfies Record<
  Device['kind'],
  unknown
>;

interface Props {
  session: SessionInfo;
  /** Left out for the device that one sits at. */
  onEnd?: () => void;
}

/** One signed-in device: what it is, where it was, and when. */
export function SessionRow({ session, onEnd }: Props) {
  const { t, i18n } = useTranslation('settings');
  const [now] = useState(Date.now);
  const device = deviceOf(session.userAgent);
  const Icon = ICONS[device.kind];
  const { browser, system } = device;
  const name =
    browser && system ? t('deviceOn', { browser, system }) : (browser ?? system ?? t('unknownDevice'));
  const days = daysAgo(session.lastUsedAt, now);
  const time = clock(session.lastUsedAt, i18n.language);
  return (
    <li className="flex items-center gap-4 py-2.5">
      <span
        aria-hidden
        className="flex size-10 shrink-0 items-center justify-center rounded-md bg-sunken text-fg-2"
      >
        <Icon size={20} strokeWidth={1.9} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="text-md font-medium" title={session.userAgent}>
          {name}
          {session.current && (
            <span className="ml-2 text-sm font-semibold text-accent-text">{t('thisOne')}</span>
          )}
        </p>
        <p className="text-sm text-fg-3">
          <span dir="ltr">{session.address}</span>
          {' · '}
          <time dateTime={session.lastUsedAt} title={fullTime(session.lastUsedAt, i18n.language)}>
            {days <= 0 && t('usedToday', { time })}
            {days === 1 && t('usedYesterday', { time })}
            {days > 1 && t('usedOn', { day: dayLabel(session.lastUsedAt, now, i18n.language) })}
          </time>
        </p>
      </div>
      {onEnd && (
        <Button look="quiet" onClick={onEnd} aria-label={t('endNamed', { name })}>
          {t('end')}
        </Button>
      )}
    </li>
  );
}
