import type { FocusEvent, PointerEvent } from 'react';

/**
 * Holds what stands under the pointer or has the focus: while either is inside, `held` is the order as it was when
 * they came. Fingers do not rest on anything, so they hold nothing.
 */
export function useHold() {
  /** What stands there now; handlers read it, and rendering does not. */
  const shown = useRef<number[]>([]);
  const [held, setHeld] = useState<number[] | null>(null);
  const reasons = useRef(new Set<'pointer' | 'focus'>());

  const hold = (reason: 'pointer' | 'focus') => {
    reasons.current.add(reason);
    setHeld((before) => before ?? shown.current);
  };
  const release = (reason: 'pointer' | 'focus') => {
    reasons.current.delete(reason);
    if (reasons.current.size === 0) setHeld(null);
  };

  const show = useCallback((ids: number[]) => {
    shown.current = ids;
  }, []);

  const holdProps = {
    onPointerEnter: (event: PointerEvent) => {
      if (event.pointerType !== 'touch') hold('pointer');
    },
    onPointerLeave: () => release('pointer'),
    onFocus: () => hold('focus'),
    onBlur: (event: FocusEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget)) release('focus');
    },
  };
  return { held, show, holdProps };
}
