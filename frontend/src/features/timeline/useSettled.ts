import type { RefObject } from 'react';
import { flushSync } from 'react-dom';

/** By so many frames after the list took its place it is shown, still or not. */
const FRAMES = 12;

/**
 * False until a list stands where it will stay: rows are put at guessed places first, and move when they are measured.
 * Shown only then, none of them ever moves on its own. `isPlaced` tells that the list was scrolled to where it opens.
 */
export function useSettled(
  scroller: RefObject<HTMLElement | null>,
  isPlaced: RefObject<boolean>,
  onSettled: () => void,
): boolean {
  const [isSettled, setSettled] = useState(false);
  const report = useRef(onSettled);
  useLayoutEffect(() => {
    report.current = onSettled;
  });

  useEffect(() => {
    let frame = 0;
    let left = FRAMES;
    let before = '';
    const look = () => {
      const now = isPlaced.current && scroller.current ? placesIn(scroller.current) : '';
      if (now) left -= 1;
      if (now && (now === before || left <= 0)) {
        // In this frame: with the next one something may be on the move again.
        flushSync(() => {
          setSettled(true);
          report.current();
        });
        return;
      }
      before = now;
      frame = requestAnimationFrame(look);
    };
    frame = requestAnimationFrame(look);
    return () => cancelAnimationFrame(frame);
  }, [scroller, isPlaced]);
  return isSettled;
}

/** Where everything stands: two frames that answer the same are a list at rest. */
function placesIn(scroller: HTMLElement): string {
  const rows = [...scroller.querySelectorAll('[data-row]')];
  return [scroller.scrollHeight, ...rows.map((row) => row.getBoundingClientRect().top)].join();
}
