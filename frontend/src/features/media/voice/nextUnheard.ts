import type { RootState } from '@/app/store';
import { selectTimeline } from '@/features/timeline/slice';
import { selectMyId } from '@/features/account/slice';
import { isVoice, viewOfMessage } from '../view';
import { isHeard } from './heard';
import type { Track } from './player';

/** The first voice message of others after a track that was not played here yet. */
export function nextUnheard(state: RootState, { roomId, seq = 0 }: Track): Track | null {
  const timeline = selectTimeline(state, roomId);
  const myId = selectMyId(state);
  for (const later of timeline?.seqs ?? []) {
    const message = timeline?.bySeq[later];
    if (later <= seq || !message || message.userId === myId || isHeard(roomId, later)) continue;
    const view = viewOfMessage(message);
    if (!view || !isVoice(view)) continue;
    return { roomId, seq: later, userId: message.userId, url: view.url, duration: view.duration ?? 0 };
  }
  return null;
}
