import { BARS } from './peaks';

/** How loud it is now and was just before, running from right to left. */
export function LevelBars({ levels }: { levels: readonly number[] }) {
  const path = levels
    .map((level, index) => {
      const x = (BARS - levels.length + index) * 5 + 2.5;
      const half = Math.max(0.1, level * 11);
      return `M${x} ${14 - half}v${half * 2}`;
    })
    .join('');
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${BARS * 5} 28`}
      preserveAspectRatio="xMaxYMid slice"
      className="h-7 min-w-0 flex-1"
    >
      <path d={path} fill="none" strokeWidth="3" strokeLinecap="round" className="stroke-accent" />
    </svg>
  );
}
