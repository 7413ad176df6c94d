import type { Room } from '@banter/client';

import { api, chat } from '@/api/client';
import { queries } from '@/api/queries';
import type { AppThunk } from '@/app/store';
import { peopleOfRoom, usersMet } from '@/features/people/slice';
import { leaveTakenBack, roomChanged } from './slice';

/** Takes in a room that the user has just come into, without waiting for the push that tells of it. */
export function enterRoom(room: Room): AppThunk {
  return (dispatch) => {
    dispatch(usersMet(peopleOfRoom(room)));
    dispatch(leaveTakenBack(room.id));
    dispatch(roomChanged(room));
    chat.track(room.id, room.lastRev);
    dispatch(queries.util.invalidateTags(['OpenRooms']));
  };
}

/** Joins an open room. */
export function joinRoom(id: number): AppThunk<Promise<void>> {
  return async (dispatch) => {
    dispatch(enterRoom(await api.joinRoom(id)));
  };
}

/** Makes a room and answers with its id. */
export function createRoom(draft: Parameters<typeof api.createRoom>[0]): AppThunk<Promise<number>> {
  return async (dispatch) => {
    const room = await api.createRoom(draft);
    dispatch(enterRoom(room));
    return room.id;
  };
}
