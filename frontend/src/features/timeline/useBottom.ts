import type { RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';

/** Closer than this to the lower end counts as being there, in pixels (new messages scroll into view). */
const NEAR = 100;
/** A scroll within this time after a wheel, finger, key or pointer is the reader's, in milliseconds. */
const MOVED_MS = 1000;
const MOVES = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;

/**
 * Keeps the lower end in view as long as the reader is there, whatever grows: messages, pictures, the composer.
 * Only a move upwards by the reader ends that; a change of size never does.
 */
export function useBottom(
  scroller: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  list: RefObject<VirtualizerHandle | null>,
  rows: number,
) {
  const isThere = useRef(false);
  const movedAt = useRef(-Infinity);
  const count = useRef(rows);
  count.current = rows;

  const toBottom = useCallback(() => {
    isThere.current = true;
    const element = scroller.current;
    if (!element) return;
    if (count.current > 0) list.current?.scrollToIndex(count.current - 1, { align: 'end' });
    // The margin below the last row is no row's.
    element.scrollTop = element.scrollHeight;
  }, [scroller, list]);

  const follow = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    // The page's own values: the list's are behind during a change of size.
    const below = element.scrollHeight - element.clientHeight - element.scrollTop;
    if (below < NEAR) isThere.current = true;
    else if (performance.now() - movedAt.current < MOVED_MS) isThere.current = false;
  }, [scroller]);

  const leave = useCallback(() => {
    isThere.current = false;
  }, []);

  useEffect(() => {
    const outer = scroller.current;
    const inner = content.current;
    if (!outer || !inner) return;
    const observer = new ResizeObserver(() => {
      if (isThere.current) toBottom();
    });
    observer.observe(outer);
    observer.observe(inner);
    const moved = () => (movedAt.current = performance.now());
    for (const move of MOVES) outer.addEventListener(move, moved, { passive: true });
    return () => {
      observer.disconnect();
      for (const move of MOVES) outer.removeEventListener(move, moved);
    };
  }, [scroller, content, toBottom]);

  return { isThere, toBottom, follow, leave };
}
