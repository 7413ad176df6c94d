import { api } from '@/api/client';
import type { RootState } from '@/app/store';
import { selectMyId } from '@/features/account/slice';
import { selectUser, selectUsers } from '@/features/people/slice';
import { faceOf } from '@/features/rooms/face';
import { byActivity } from '@/features/rooms/order';
import { type RoomEntry, otherOf, selectRooms } from '@/features/rooms/slice';
import type { Lookup } from './resolve';

const isSame = (name: string, wanted: string) => name.toLowerCase() === wanted.toLowerCase();

/** What a room is called in the list: direct rooms have the name of the other person. */
function nameOfRoom(state: RootState, room: RoomEntry): string {
  return faceOf(room, selectUser(state, otherOf(room, selectMyId(state)))).name;
}

/** Finds who and what a search names: among those that the page knows, people also on the server. */
export function lookupIn(state: RootState, roomId: number | undefined): Lookup {
  return {
    me: selectMyId(state),
    roomId,
    now: new Date(),
    room: (name) =>
      [...selectRooms(state)].sort(byActivity).find((room) => isSame(nameOfRoom(state, room), name))?.id,
    person: async (name) => {
      const known = Object.values(selectUsers(state)).find((user) => isSame(user.userName, name));
      if (known) return known.id;
      const found = await api.findUsers({ userName: name, limit: 20 });
      return found.find((user) => isSame(user.userName, name))?.id;
    },
  };
}
