import { selectAllRoomSettings } from '@/features/settings/slice';
import { type Face, useFaces } from './face';
import { FIT, fitOf } from './match';
import { type Sections, arrange, isUnread } from './order';
import { type RoomEntry, selectRooms } from './slice';
import { useSpelling } from './useSpelling';

export const FILTERS = ['all', 'unread', 'direct', 'groups'] as const;
export type Filter = (typeof FILTERS)[number];

export interface Wanted {
  query: string;
  filter: Filter;
  openId: number;
  /** Ids in the order in which they stand while nothing may move. */
  held: number[] | null;
}

export interface Listed extends Sections {
  faces: Map<number, Face>;
  /** How many rooms there are in all, and how many wait to be read. */
  total: number;
  unread: number;
}

/** The rooms to list, in sections. What is typed looks in all rooms, whichever filter is chosen. */
export function useListedRooms({ query, filter, openId, held }: Wanted): Listed {
  const rooms = useAppSelector(selectRooms);
  const settings = useAppSelector(selectAllRoomSettings);
  const faces = useFaces(rooms);
  const names = useMemo(() => faces.map((face) => face.name), [faces]);
  const spelling = useSpelling(query, names);

  return useMemo(() => {
    const isWanted = (room: RoomEntry, index: number) => {
      if (query.trim()) return fitOf(names[index] ?? '', query, { spelling }) !== FIT.NONE;
      if (filter === 'direct') return room.isDirect;
      if (filter === 'groups') return !room.isDirect;
      // The open room stays while it is being read.
      return filter === 'all' || isUnread(room, settings[room.id]) || room.id === openId;
    };
    return {
      ...arrange(rooms.filter(isWanted), settings, held && { ids: held, openId }),
      faces: new Map(rooms.map((room, index) => [room.id, faces[index] as Face])),
      total: rooms.length,
      unread: rooms.filter((room) => isUnread(room, settings[room.id])).length,
    };
  }, [rooms, settings, faces, names, spelling, query, filter, openId, held]);
}
