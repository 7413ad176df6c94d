import { chat } from '@/api/client';
import { TypingNotifier } from './notifier';

/** Tells the others in a room that the user types. Call `onInput` with the text after each change and after sending. */
export function useTypingNotifier(roomId: number): { onInput: (text: string) => void } {
  const notifier = useMemo(() => new TypingNotifier((on) => chat.typing(roomId, on)), [roomId]);
  useEffect(() => () => notifier.stop(), [notifier]);
  const onInput = useCallback((text: string) => notifier.input(text), [notifier]);
  return { onInput };
}
