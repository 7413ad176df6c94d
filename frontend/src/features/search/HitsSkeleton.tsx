const LINES = ['80%', '55%', '90%', '65%'];

/** The shapes of hits to come, for those who wait longer than a moment. */
export function HitsSkeleton() {
  return (
    <div
      aria-hidden
      className="animate-fade px-4 pt-4"
      style={{ animationDelay: '150ms', animationFillMode: 'both' }}
    >
      {LINES.map((width) => (
        <div key={width} className="flex gap-2.5 py-2.5">
          <div className="size-8 shrink-0 rounded-full bg-sunken" />
          <div className="flex flex-1 flex-col gap-1.5 pt-1">
            <div className="h-3 w-24 rounded-xs bg-sunken" />
            <div className="h-3 rounded-xs bg-sunken" style={{ width }} />
          </div>
        </div>
      ))}
    </div>
  );
}
