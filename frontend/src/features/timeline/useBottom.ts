import type { RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';

/** Closer than this to the lower end counts as being there, in pixels (new messages scroll into view). */
const NEAR = 100;

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
  const lastOffset = useRef(0);
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
    const offset = element.scrollTop;
    const below = element.scrollHeight - element.clientHeight - offset;
    if (below < 4) isThere.current = true;
    else if (offset < lastOffset.current - 1 && below >= NEAR) isThere.current = false;
    lastOffset.current = offset;
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
    return () => observer.disconnect();
  }, [scroller, content, toBottom]);

  return { isThere, toBottom, follow, leave };
}
