const ROWS = [62, 84, 48, 76, 55, 90, 68, 58];

/** The shapes of rows to come. */
export function ListSkeleton() {
  return (
    <div
      aria-hidden
      className="min-h-0 flex-1 animate-fade overflow-hidden pt-2 [animation-delay:150ms] [animation-fill-mode:backwards]"
    >
      {ROWS.map((width) => (
        <div key={width} className="mx-2 flex h-16 items-center gap-3 px-2.5 compact:h-13">
          <span className="size-11 shrink-0 rounded-lg bg-sunken compact:size-9" />
          <span className="flex flex-1 flex-col gap-2.5">
            <span className="h-3 rounded-full bg-sunken" style={{ width: `${width / 2}%` }} />
            <span className="h-2.5 rounded-full bg-sunken" style={{ width: `${width}%` }} />
          </span>
        </div>
      ))}
    </div>
  );
}
