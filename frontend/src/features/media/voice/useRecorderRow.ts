import type { RefObject } from 'react';

import { replyChosen, selectDraft } from '@/features/composer/drafts-slice';
import { selectMessage } from '@/features/timeline/slice';
import {
  type Recording,
  answerWith,
  current,
  discard,
  halt,
  start,
  subscribe,
  useRecording,
  wasSent,
} from './recording';

interface Options {
  roomId: number;
  onDone?: (wasSent: boolean) => void;
}

/** Rows that stand in the page, by room. */
const shown = new Set<number>();

/** Ties the recording of the page to the row that shows it. */
export function useRecorderRow({ roomId, onDone }: Options): {
  recording: Recording | null;
  row: RefObject<HTMLDivElement | null>;
} {
  const recording = useRecording(roomId);
  const row = useRef<HTMLDivElement>(null);
  const dispatch = useAppDispatch();
  const replyId = useAppSelector(
    (state) => selectMessage(state, roomId, selectDraft(state, roomId)?.replySeq)?.id,
  );
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  }, [onDone]);

  useEffect(() => answerWith(replyId), [replyId]);

  useEffect(() => {
    const isMine = () => current()?.roomId === roomId;
    shown.add(roomId);
    // Whoever shows the row without the button wants to record too.
    if (!isMine()) void start(roomId, false);
    const stop = subscribe(() => {
      if (isMine()) return;
      stop();
      if (wasSent()) dispatch(replyChosen({ roomId, at: Date.now() }));
      done.current?.(wasSent());
    });
    return () => {
      stop();
      shown.delete(roomId);
      // Leaving the room loses nothing: what was said waits to be sent.
      queueMicrotask(() => {
        if (shown.has(roomId) || !isMine()) return;
        if (current()?.phase === 'recording') void halt();
        else if (current()?.phase !== 'preview') discard();
      });
    };
  }, [roomId, dispatch]);

  const isShown = recording !== null && recording.phase !== 'trouble';
  useEffect(() => {
    const element = row.current;
    if (!isShown || !element) return;
    const escape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      discard();
    };
    element.addEventListener('keydown', escape);
    return () => element.removeEventListener('keydown', escape);
  }, [isShown]);

  const isFree = recording?.phase === 'recording' && !recording.isHeld;
  useEffect(() => {
    // The button that had the focus is gone, so that it lies somewhere around the row.
    const isAround = !document.activeElement || document.activeElement.contains(row.current);
    if (isFree && isAround) row.current?.querySelector<HTMLButtonElement>('[data-send]')?.focus();
  }, [isFree]);

  return { recording, row };
}
