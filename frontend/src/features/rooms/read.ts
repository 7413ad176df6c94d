import { chat } from '@/api/client';
import type { AppThunk } from '@/app/store';
import { selectMyId } from '@/features/account/slice';
import { roomSettingsChanged, selectRoomSettings } from '@/features/settings/slice';
import { readMoved, selectRoom } from './slice';

/** Moves the user's mark forward, here at once and on the server as soon as it hears of it. */
export function markRead(roomId: number, seq: number): AppThunk {
  return (dispatch, getState) => {
    const state = getState();
    const myId = selectMyId(state);
    const room = selectRoom(state, roomId);
    if (!room) return;
    if (selectRoomSettings(state, roomId).unreadFrom !== undefined) {
      dispatch(roomSettingsChanged({ roomId, change: { unreadFrom: undefined } }));
    }
    if ((room.readSeq[myId] ?? 0) >= seq) return;
    const loaded = Object.values(state.timelines.byRoom[roomId]?.bySeq ?? {});
    dispatch(readMoved({ roomId, userId: myId, readSeq: seq, myId, loaded }));
    // Offline, it is made good with the next mark: the server's count comes with each sign-in.
    chat.request('room.read', { id: roomId, seq }, { wait: true }).catch(() => undefined);
  };
}
