import clsx from 'clsx';

import { nextRate, setRate, useRate } from './player';

/** How fast sounds play. A press takes the next speed. */
export function RateChip({ isOwn }: { isOwn?: boolean }) {
  const { t } = useTranslation('media');
  const rate = useRate();
  return (
    <button
      type="button"
      aria-label={t('speed', { rate })}
      title={t('speed', { rate })}
      onClick={() => setRate(nextRate(rate))}
      className={clsx(
        'relative flex h-5 min-w-7 items-center justify-center rounded-full px-1.5 text-2xs font-bold tabular-nums after:absolute after:-inset-x-1 after:-inset-y-0.5 coarse:after:-inset-3',
        isOwn ? 'bg-quote-own text-bubble-own-fg' : 'bg-sunken text-fg-2 dark:bg-selected',
      )}
    >
      {rate}×
    </button>
  );
}
