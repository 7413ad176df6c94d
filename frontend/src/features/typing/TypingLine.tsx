import { useTypingText } from './useTypingText';

/** Who is writing in a room. Its place is there all the time, so that nothing moves; screen readers are left in peace. */
export function TypingLine({ roomId }: { roomId: number }) {
  const text = useTypingText(roomId);
  return (
    <div className="mx-auto flex h-6 w-full max-w-[820px] shrink-0 items-center gap-2 px-5 text-xs text-fg-3 sm:px-8">
      {text && (
        <>
          <Dots />
          <span className="min-w-0 truncate">{text}</span>
        </>
      )}
    </div>
  );
}

function Dots() {
  return (
    <span aria-hidden className="flex shrink-0 gap-[3px]">
      {[0, 0.15, 0.3].map((delay) => (
        <span
          key={delay}
          style={{ animationDelay: `${delay}s` }}
          className="size-[5px] animate-pulse-dot rounded-full bg-accent"
        />
      ))}
    </span>
  );
}
