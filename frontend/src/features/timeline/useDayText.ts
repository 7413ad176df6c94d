import { dayLabel, daysAgo } from '@/lib/format';

/** "Today", "Yesterday", or the weekday and date. */
export function useDayText(): (time: string) => string {
  const { t, i18n } = useTranslation('timeline');
  return (time) => {
    const days = daysAgo(time, Date.now());
    if (days <= 0) return t('today');
    return days === 1 ? t('yesterday') : dayLabel(time, Date.now(), i18n.language);
  };
}
