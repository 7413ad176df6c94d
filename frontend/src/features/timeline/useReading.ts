import { markRead } from '@/features/rooms/read';

/** A message counts as read after this long in view, in milliseconds. */
const READ_MS = 500;

function isWatched(): boolean {
  return (
    document.visibilityState === 'visible' &&
    document.hasFocus() &&
    !document.querySelector('[role="dialog"], [role="alertdialog"]')
  );
}

/**
 * Moves the user's mark as messages come into view. `seen` answers the seq of the last message of which at least
 * half, or the lower edge, is in view. The answer is to be called whenever that may have changed.
 */
export function useReading(roomId: number, mark: number, seen: () => number): () => void {
  const dispatch = useAppDispatch();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef({ mark, seen });
  const lookAgain = useRef(() => {});
  useLayoutEffect(() => {
    latest.current = { mark, seen };
  });

  const look = useCallback(() => {
    if (timer.current || !isWatched() || latest.current.seen() <= latest.current.mark) return;
    const candidate = latest.current.seen();
    timer.current = setTimeout(() => {
      timer.current = undefined;
      if (!isWatched()) return;
      const still = Math.min(candidate, latest.current.seen());
      if (still > latest.current.mark) dispatch(markRead(roomId, still));
      // Others may have come into view meanwhile.
      requestAnimationFrame(() => lookAgain.current());
    }, READ_MS);
  }, [dispatch, roomId]);

  useEffect(() => {
    lookAgain.current = look;
    const again = () => look();
    window.addEventListener('focus', again);
    document.addEventListener('visibilitychange', again);
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      window.removeEventListener('focus', again);
      document.removeEventListener('visibilitychange', again);
    };
  }, [look]);
  return look;
}
