const STEP = 5;
const MIDDLE = 14;
/** Half the height of the loudest bar. */
const REACH = 11;

/** How loud it is now and was just before, running from right to left. */
export function LevelBars({ levels }: { levels: readonly number[] }) {
  const path = levels
    .map((level, index) => {
      const half = Math.max(0.1, level * REACH);
      return `M${(index - levels.length + 0.5) * STEP} ${MIDDLE - half}v${half * 2}`;
    })
    .join('');
  return (
    <svg aria-hidden className="h-7 min-w-0 flex-1">
      <svg x="100%" overflow="visible">
        <path d={path} fill="none" strokeWidth="3" strokeLinecap="round" className="stroke-accent" />
      </svg>
    </svg>
  );
}
