const WIDTHS = [220, 320, 180, 400, 260, 150, 300];

/** The shapes of messages to come, after a moment in which most of them come. */
export function TimelineSkeleton({ name }: { name: string }) {
  return (
    <div
      role="log"
      aria-label={name}
      aria-busy
      className="flex min-h-0 flex-1 flex-col justify-end overflow-hidden"
    >
      <div
        aria-hidden
        className="mx-auto flex w-full max-w-[820px] animate-fade flex-col gap-4 px-6 pb-4 [animation-delay:150ms] [animation-fill-mode:backwards]"
      >
        {WIDTHS.map((width, index) => (
          <div key={width} className={index % 3 === 2 ? 'flex justify-end' : 'flex gap-2.5'}>
            {index % 3 !== 2 && <span className="size-9 rounded-full bg-sunken" />}
            <span className="h-10 max-w-full rounded-xl bg-sunken" style={{ width }} />
          </div>
        ))}
      </div>
    </div>
  );
}
