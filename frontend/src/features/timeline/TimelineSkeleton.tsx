const WIDTHS = [220, 320, 180, 400, 260, 150, 300];

/** The shapes of messages to come, after a moment in which most of them come. Lies where they will stand. */
export function TimelineSkeleton() {
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute inset-0 flex flex-col justify-end overflow-hidden"
    >
      <div className="mx-auto flex w-full max-w-[820px] animate-fade flex-col gap-4 px-6 pb-4 [animation-delay:150ms] [animation-fill-mode:backwards]">
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
