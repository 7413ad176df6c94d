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
      className="-my-0.5 flex size-7 items-center justify-center rounded-full coarse:h-8 coarse:w-11"
    >
      <span
        className={clsx(
          'flex h-5 min-w-7 items-center justify-center rounded-full px-1.5 text-2xs font-bold tabular-nums',
          isOwn ? 'bg-quote-own text-bubble-own-fg' : 'bg-sunken text-fg-2 dark:bg-selected',
        )}
      >
        {rate}×
      </span>
    </button>
  );
}
