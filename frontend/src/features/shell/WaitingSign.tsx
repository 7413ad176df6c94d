/** How much waits, on the corner of an icon. */
export function WaitingSign({ count }: { count: number }) {
  if (count <= 0) return null;
  return (
    <span
      aria-hidden
      className="absolute -top-0.5 -right-0.5 flex h-[18px] min-w-[18px] items-center justify-center rounded-full bg-signal px-1 text-2xs font-bold text-signal-fg tabular-nums"
    >
      {count > 99 ? '99+' : count}
    </span>
  );
}
