import type { RoomChange } from '@banter/client';

import { api, chat } from '@/api/client';
import { queries } from '@/api/queries';
import type { AppThunk } from '@/app/store';
import { peopleOfRoom, usersMet } from '@/features/people/slice';
import { timelineDropped } from '@/features/timeline/slice';
import { roomChanged, roomGone } from '../slice';

/** Changes a room, and shows the change without waiting for the push that tells of it. */
export function changeRoom(change: RoomChange): AppThunk<Promise<void>> {
  return async (dispatch) => {
    const room = await api.updateRoom(change);
    dispatch(usersMet(peopleOfRoom(room)));
    dispatch(roomChanged(room));
    dispatch(queries.util.invalidateTags([{ type: 'Members', id: room.id }]));
  };
}

export function removeMember(roomId: number, userId: number): AppThunk<Promise<void>> {
  return async (dispatch) => {
    await api.removeMember(roomId, userId);
    dispatch(queries.util.invalidateTags([{ type: 'Members', id: roomId }]));
  };
}

/** Deletes a room with all that was said in it. */
export function deleteRoom(roomId: number): AppThunk<Promise<void>> {
  return async (dispatch) => {
    await api.deleteRoom(roomId);
    chat.untrack(roomId);
    dispatch(roomGone(roomId));
    dispatch(timelineDropped(roomId));
  };
}
