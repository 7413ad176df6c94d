import type { MouseEvent, PointerEvent } from 'react';

const PRESS_MS = 500;
/** A finger is never quite still. */
const SLACK = 10;

interface Point {
  x: number;
  y: number;
}

/** A finger that stays where it is. The click that ends it is none. */
export function useLongPress(pressed: (point: Point) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const start = useRef<Point>(undefined);
  const wasPressed = useRef(false);
  const cancel = () => clearTimeout(timer.current);
  useEffect(() => cancel, []);

  return {
    onPointerDown: (event: PointerEvent) => {
      wasPressed.current = false;
      if (event.pointerType !== 'touch') return;
      const point = { x: event.clientX, y: event.clientY };
      start.current = point;
      timer.current = setTimeout(() => {
        wasPressed.current = true;
        pressed(point);
      }, PRESS_MS);
    },
    onPointerMove: (event: PointerEvent) => {
      const from = start.current;
      if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > SLACK) cancel();
    },
    onPointerUp: cancel,
    onPointerCancel: cancel,
    onClickCapture: (event: MouseEvent) => {
      if (!wasPressed.current) return;
      wasPressed.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
