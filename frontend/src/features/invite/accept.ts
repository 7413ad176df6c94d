import { api } from '@/api/client';
import type { AppThunk } from '@/app/store';
import { enterRoom } from '@/features/rooms/enter';

/** Comes into a room by a link and answers with its id. */
export function acceptInvitation(code: string): AppThunk<Promise<number>> {
  return async (dispatch) => {
    const room = await api.acceptInvitation(code);
    dispatch(enterRoom(room));
    return room.id;
  };
}
