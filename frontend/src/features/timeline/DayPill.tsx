import clsx from 'clsx';

import { useDayText } from './useDayText';

/** The day of the message at the top, while somebody scrolls. Date lines say the same to screen readers. */
export function DayPill({ time, isShown }: { time: string; isShown: boolean }) {
  const dayText = useDayText();
  if (!time) return null;
  return (
    <div
      aria-hidden
      className={clsx(
        'pointer-events-none absolute inset-x-0 top-2.5 z-10 flex justify-center transition-opacity duration-[180ms]',
        isShown ? 'opacity-100' : 'opacity-0',
      )}
    >
      <span className="rounded-full bg-surface/90 px-3 py-1 text-xs font-semibold text-fg-2 shadow-2">
        {dayText(time)}
      </span>
    </div>
  );
}
