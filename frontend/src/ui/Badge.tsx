import clsx from 'clsx';

/** A number of things that wait. Above 99 it says "99+". */
export function Badge({
  count,
  isQuiet,
  className,
}: {
  count: number;
  isQuiet?: boolean;
  className?: string;
}) {
  if (count <= 0) return null;
  return (
    <span
      className={clsx(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-full px-1.5 text-2xs font-bold tabular-nums',
        isQuiet ? 'bg-line-strong text-fg' : 'bg-accent text-accent-fg',
        className,
      )}
    >
      {count > 99 ? '99+' : count}
    </span>
  );
}
