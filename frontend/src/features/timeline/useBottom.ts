import type { RefObject } from 'react';

/** Who rests closer than this to the lower end is there, in pixels: new messages scroll into view. */
const NEAR = 100;
/** Nothing but rounding stands between the view and the end, in pixels; the margin below the last row counts too. */
const AT_END = 10;
/** A scroll within this time after a wheel, finger, key or pointer is the reader's, in milliseconds. */
const MOVED_MS = 1000;
const MOVES = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const;

/**
 * Keeps the lower end in view as long as the reader is there, whatever grows: messages, pictures, the composer.
 * Only a move upwards by the reader ends that; a change of size never does.
 */
export function useBottom(scroller: RefObject<HTMLElement | null>, content: RefObject<HTMLElement | null>) {
  const isThere = useRef(false);
  const movedAt = useRef(-Infinity);
  const lastOffset = useRef(0);

  const toBottom = useCallback(() => {
    isThere.current = true;
    // Rows that come into view by this are measured, and what they grow by is followed in turn.
    const element = scroller.current;
    element?.scrollTo({ top: element.scrollHeight });
  }, [scroller]);

  const follow = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    // The page's own values: the list's are behind during a change of size.
    const offset = element.scrollTop;
    const isMove = performance.now() - movedAt.current < MOVED_MS;
    if (distanceOf(element) < AT_END) isThere.current = true;
    else if (isMove && offset < lastOffset.current - 1) isThere.current = false;
    lastOffset.current = offset;
  }, [scroller]);

  /** To be called when rows were measured anew, in that very frame: observers of what is around them are one late. */
  const keep = useCallback(() => {
    if (isThere.current) toBottom();
  }, [toBottom]);

  const leave = useCallback(() => {
    isThere.current = false;
  }, []);

  useEffect(() => {
    const outer = scroller.current;
    const inner = content.current;
    if (!outer || !inner) return;
    const observer = new ResizeObserver(keep);
    observer.observe(outer);
    observer.observe(inner);
    const moved = () => (movedAt.current = performance.now());
    const rested = () => {
      const isMove = performance.now() - movedAt.current < MOVED_MS;
      if (isMove && distanceOf(outer) < NEAR) isThere.current = true;
    };
    outer.addEventListener('scrollend', rested);
    for (const move of MOVES) outer.addEventListener(move, moved, { passive: true });
    return () => {
      observer.disconnect();
      outer.removeEventListener('scrollend', rested);
      for (const move of MOVES) outer.removeEventListener(move, moved);
    };
  }, [scroller, content, keep]);

  const hasMovedSince = useCallback((moment: number) => movedAt.current > moment, []);

  return { isThere, toBottom, keep, follow, leave, hasMovedSince };
}

function distanceOf(element: HTMLElement): number {
  return element.scrollHeight - element.clientHeight - element.scrollTop;
}
