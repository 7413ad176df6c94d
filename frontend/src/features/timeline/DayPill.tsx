import clsx from 'clsx';

import { useDayText } from './useDayText';

/** Stays for this long after the last move, in milliseconds. */
const SHOWN_MS = 1200;

/** The day of the message at the top, while somebody scrolls. Date lines say the same to screen readers. */
export function DayPill({ time, moved }: { time: string; moved: number }) {
  const dayText = useDayText();
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (!moved) return;
    setShown(true);
    const timer = setTimeout(() => setShown(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [moved]);
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
