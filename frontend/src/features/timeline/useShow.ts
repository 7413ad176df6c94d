import type { RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';

import type { Row } from './rows';

/** Looked after for this long at most, in milliseconds. */
const CARE_MS = 3000;
/** In the middle for so many frames: it will stay there. */
const STILL_FRAMES = 12;
/** Farther from the middle than this share of the view it is somewhere else. */
const NEAR_MIDDLE = 0.2;

/**
 * Puts a message in the middle, and sees to it that it gets there: rows on the way are measured as they come, and
 * older ones may be loaded meanwhile, so that one jump alone may end elsewhere. A reader who moves is let go,
 * and so is one who goes elsewhere.
 */
export function useShow(
  scroller: RefObject<HTMLElement | null>,
  list: RefObject<VirtualizerHandle | null>,
  rows: readonly Row[],
  hasMovedSince: (moment: number) => boolean,
): { show: (seq: number) => void; letGo: () => void } {
  const latest = useRef(rows);
  const frame = useRef(0);
  useLayoutEffect(() => {
    latest.current = rows;
  });
  const letGo = useCallback(() => cancelAnimationFrame(frame.current), []);
  useEffect(() => letGo, [letGo]);

  const show = useCallback(
    (seq: number) => {
      const begun = performance.now();
      let still = 0;
      const look = () => {
        const element = scroller.current;
        if (!element || hasMovedSince(begun) || performance.now() - begun > CARE_MS) return;
        const index = latest.current.findIndex((row) => row.message?.seq === seq);
        still = isInMiddle(element, seq) ? still + 1 : 0;
        if (still === 0 && index >= 0) list.current?.scrollToIndex(index, { align: 'center' });
        if (still < STILL_FRAMES) frame.current = requestAnimationFrame(look);
      };
      letGo();
      look();
    },
    [scroller, list, hasMovedSince, letGo],
  );
  return { show, letGo };
}

/** True when a message stands in the middle, or as near to it as the ends of the conversation allow. */
function isInMiddle(element: HTMLElement, seq: number): boolean {
  const row = element.querySelector(`article[data-seq="${seq}"]`);
  if (!row) return false;
  const view = element.getBoundingClientRect();
  const box = row.getBoundingClientRect();
  const off = (box.top + box.bottom) / 2 - (view.top + view.bottom) / 2;
  if (Math.abs(off) < view.height * NEAR_MIDDLE) return true;
  const below = element.scrollHeight - element.clientHeight - element.scrollTop;
  return off < 0 ? element.scrollTop < 1 : below < 1;
}
