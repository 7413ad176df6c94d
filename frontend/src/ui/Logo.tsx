/** The sign of the program: still water. */
export function Logo({ size }: { size: number }) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 64 64" className="shrink-0">
      <rect width="64" height="64" rx="18" fill="var(--c-logo)" />
      <g fill="none" stroke="var(--c-white)" strokeWidth="5.5" strokeLinecap="round">
        <path d="M14 27c6-7 12-7 18 0s12 7 18 0" />
        <path d="M14 40c6-7 12-7 18 0s12 7 18 0" opacity=".6" />
      </g>
    </svg>
  );
}
