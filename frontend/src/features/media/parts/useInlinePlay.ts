import type { RefObject } from 'react';

/** Ends what plays in the flow now: one at a time. */
let stopOther: (() => void) | undefined;

export const prefersStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

interface InlinePlay {
  isPlaying: boolean;
  start: () => void;
  stop: () => void;
}

/** Whether something in the flow moves. It stops when it leaves the view, or when another one starts. */
export function useInlinePlay(frame: RefObject<HTMLElement | null>): InlinePlay {
  const [isPlaying, setPlaying] = useState(false);
  const stop = useCallback(() => setPlaying(false), []);

  const start = useCallback(() => {
    if (stopOther !== stop) stopOther?.();
    stopOther = stop;
    setPlaying(true);
  }, [stop]);

  useEffect(() => {
    if (!isPlaying || !frame.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry && !entry.isIntersecting) stop();
      },
      { threshold: 0.25 },
    );
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [isPlaying, frame, stop]);

  useEffect(
    () => () => {
      if (stopOther === stop) stopOther = undefined;
    },
    [stop],
  );

  return { isPlaying, start, stop };
}
