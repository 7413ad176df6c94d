import { api, chat } from '@/api/client';
import type { AppThunk } from '@/app/store';
import { peopleOfRoom, usersMet } from '@/features/people/slice';
import { selectMyId } from '@/features/account/slice';
import { mentionsFound, roomChanged, roomsLoaded } from '@/features/rooms/slice';
import type { Room } from '@banter/client';

const PAGE = 100;

/** All of the user's rooms, of which the first ones may be known already. */
export async function allRooms(known: Room[] = []): Promise<Room[]> {
  const rooms = [...known];
  while (rooms.length % PAGE === 0) {
    const page = await api.rooms({ limit: PAGE, cursor: rooms.at(-1)?.id });
    rooms.push(...page);
    if (page.length === 0) break;
  }
  return rooms;
}

/** Asks for all of the user's rooms anew. */
export function reloadRooms(): AppThunk<Promise<void>> {
  return async (dispatch) => {
    const rooms = await allRooms();
    dispatch(usersMet(rooms.flatMap(peopleOfRoom)));
    dispatch(roomsLoaded(rooms));
    for (const room of rooms) chat.track(room.id, room.lastRev);
    await dispatch(findMentions(rooms));
  };
}

/** Asks for one room anew. */
export function refreshRoom(id: number): AppThunk<Promise<void>> {
  return async (dispatch) => {
    try {
      const room = await api.room(id);
      dispatch(usersMet(peopleOfRoom(room)));
      dispatch(roomChanged(room));
    } catch {
      // Gone or out of reach: either is told in its own way.
    }
  };
}

/** Most mentions of one room that are looked for. */
const MENTIONS_MAX = 20;

/** Finds where the user is mentioned in what they have not read; the rooms themselves only say how often. */
export function findMentions(rooms: Room[]): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    const myId = selectMyId(getState());
    for (const { id, unreadMentions, readSeq } of rooms) {
      if (!unreadMentions) continue;
      const hits = await api.search({ roomId: id, mentionsMe: true, limit: MENTIONS_MAX }).catch(() => []);
      const mark = readSeq[myId] ?? 0;
      dispatch(mentionsFound({ roomId: id, seqs: hits.map(({ seq }) => seq).filter((seq) => seq > mark) }));
    }
  };
}
