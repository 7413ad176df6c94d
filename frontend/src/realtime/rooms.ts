import { api, chat } from '@/api/client';
import type { AppThunk } from '@/app/store';
import { peopleOfRoom, usersMet } from '@/features/people/slice';
import { roomsLoaded } from '@/features/rooms/slice';

const PAGE = 100;

/** Asks for all of the user's rooms anew. */
export function reloadRooms(): AppThunk<Promise<void>> {
  return async (dispatch) => {
    const rooms = [];
    let cursor: number | undefined;
    for (;;) {
      const page = await api.rooms({ limit: PAGE, cursor });
      rooms.push(...page);
      if (page.length < PAGE) break;
      cursor = page.at(-1)?.id;
    }
    dispatch(usersMet(rooms.flatMap(peopleOfRoom)));
    dispatch(roomsLoaded(rooms));
    for (const room of rooms) chat.track(room.id, room.lastRev);
  };
}
