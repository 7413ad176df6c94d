import type { RefObject } from 'react';

import { type Point, type View, WHOLE, panBy, zoomAt } from './zoom';

/** Moved so far, in pixels, it was a swipe. */
const SWIPE_PX = 70;
const DOUBLE_PRESS = 2.5;

interface Options {
  onSwipe: (by: -1 | 1) => void;
  onClose: () => void;
}

/** A place in the window as one from the middle of the stage. */
function fromCentre(stage: HTMLElement | null, { x, y }: Point): Point {
  const box = stage?.getBoundingClientRect();
  return box ? { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 } : { x: 0, y: 0 };
}

interface Gesture {
  pointers: Map<number, Point>;
  from: Point;
  hasMoved: boolean;
  wasPinch: boolean;
}

/** Wheel, pinch, drag and swipes on a stage; `slide` is how far a swipe has come. */
export function useZoom(stage: RefObject<HTMLElement | null>, { onSwipe, onClose }: Options) {
  const [view, setView] = useState<View>(WHOLE);
  const [slide, setSlide] = useState<Point | null>(null);
  const gesture = useRef<Gesture>({
    pointers: new Map(),
    from: { x: 0, y: 0 },
    hasMoved: false,
    wasPinch: false,
  });

  const zoomBy = useCallback((factor: number, point?: Point) => {
    setView((before) => zoomAt(before, factor, point));
  }, []);

  const pan = (by: Point) => {
    const box = stage.current?.getBoundingClientRect();
    if (box) setView((before) => panBy(before, by, box));
  };

  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    // React's wheel listeners cannot keep the page from zooming.
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      zoomBy(Math.exp(-event.deltaY / 300), fromCentre(element, { x: event.clientX, y: event.clientY }));
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [stage, zoomBy]);

  const onPointerDown = (event: React.PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const { pointers } = gesture.current;
    const point = { x: event.clientX, y: event.clientY };
    pointers.set(event.pointerId, point);
    const isPinch = pointers.size > 1;
    gesture.current = { pointers, from: point, hasMoved: isPinch, wasPinch: isPinch };
  };

  const onPointerMove = (event: React.PointerEvent) => {
    const { pointers, from } = gesture.current;
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const point = { x: event.clientX, y: event.clientY };
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    pointers.set(event.pointerId, point);
    if (Math.hypot(point.x - from.x, point.y - from.y) > 6) gesture.current.hasMoved = true;
    if (other) {
      const spread = (a: Point) => Math.hypot(a.x - other.x, a.y - other.y);
      const middle = { x: (point.x + other.x) / 2, y: (point.y + other.y) / 2 };
      zoomBy(spread(point) / Math.max(1, spread(before)), fromCentre(stage.current, middle));
    } else if (view.scale > 1) {
      pan({ x: point.x - before.x, y: point.y - before.y });
    } else if (!gesture.current.wasPinch) {
      setSlide({ x: point.x - from.x, y: point.y - from.y });
    }
  };

  const onPointerUp = (event: React.PointerEvent) => {
    const { pointers, hasMoved, wasPinch } = gesture.current;
    if (!pointers.delete(event.pointerId) || pointers.size > 0) return;
    setSlide(null);
    if (!hasMoved) {
      if (event.target === event.currentTarget && view.scale === 1) onClose();
      return;
    }
    if (wasPinch || view.scale > 1 || !slide) return;
    if (slide.y > SWIPE_PX && slide.y > Math.abs(slide.x)) onClose();
    else if (Math.abs(slide.x) > SWIPE_PX) onSwipe(slide.x < 0 ? 1 : -1);
  };

  const onPointerCancel = (event: React.PointerEvent) => {
    gesture.current.pointers.delete(event.pointerId);
    setSlide(null);
  };

  const onDoubleClick = (event: React.MouseEvent) => {
    const point = fromCentre(stage.current, { x: event.clientX, y: event.clientY });
    setView((before) => (before.scale > 1 ? WHOLE : zoomAt(before, DOUBLE_PRESS, point)));
  };

  return {
    view,
    slide,
    zoomBy,
    reset: useCallback(() => setView(WHOLE), []),
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onDoubleClick },
  };
}
