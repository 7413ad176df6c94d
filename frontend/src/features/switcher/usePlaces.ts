import type { User } from '@banter/client';

import { useFindUsersQuery, useFriendsQuery, useOpenRoomsQuery } from '@/api/queries';
import { selectMyId } from '@/features/account/slice';
import { useDebounced } from '@/features/people/useDebounced';
import { selectUsers } from '@/features/people/slice';
import { type Face, useFaces } from '@/features/rooms/face';
import { activityOf, isUnread } from '@/features/rooms/order';
import { otherOf, selectRooms } from '@/features/rooms/slice';
import { useSpelling } from '@/features/rooms/useSpelling';
import { isMuted, selectAllRoomSettings } from '@/features/settings/slice';
import { type Group, type Place, rank } from './rank';

/** A pause in typing after which the server is asked, in milliseconds. */
const PAUSE_MS = 150;

export interface FacedPlace extends Place {
  face: Face;
  unreadCount: number;
  /** Muted: it waits, but quietly. */
  isQuiet?: boolean;
}

/** Rooms, people and open rooms for what was typed, best first. */
export function usePlaces(query: string): { groups: Group<FacedPlace>[]; isAsking: boolean } {
  const wanted = query.trim();
  const asked = useDebounced(wanted, PAUSE_MS);
  const isSettled = asked === wanted;
  const rooms = useAppSelector(selectRooms);
  const settings = useAppSelector(selectAllRoomSettings);
  const myId = useAppSelector(selectMyId);
  const known = useAppSelector(selectUsers);
  const faces = useFaces(rooms);
  const { data: friends } = useFriendsQuery();
  const users = useFindUsersQuery(asked, { skip: asked === '' });
  const open = useOpenRoomsQuery(asked, { skip: asked === '' });
  const userAnswer = isSettled ? users.currentData : undefined;
  const openAnswer = isSettled ? open.currentData : undefined;

  const places = useMemo(() => {
    const ofRooms = rooms.map((room, index): FacedPlace => {
      const face = faces[index] as Face;
      return {
        kind: room.isDirect ? 'direct' : 'room',
        id: room.id,
        name: face.name,
        isWaiting: isUnread(room, settings[room.id]),
        activity: activityOf(room),
        face,
        unreadCount: room.unreadCount,
        isQuiet: isMuted(settings[room.id] ?? {}),
      };
    });
    const met = new Set([myId, ...rooms.map((room) => otherOf(room, myId))]);
    const ofPeople = (kind: 'friend' | 'user', people: User[] = []) =>
      people.flatMap((person): FacedPlace[] => {
        if (met.has(person.id)) return [];
        met.add(person.id);
        return [
          {
            kind,
            id: person.id,
            name: person.userName,
            face: faceOfUser(known[person.id] ?? person),
            unreadCount: 0,
          },
        ];
      });
    const joined = new Set(rooms.map((room) => room.id));
    const ofOpen = (openAnswer ?? [])
      .filter(({ id, joined: isIn }) => !isIn && !joined.has(id))
      .map(({ id, name, image }): FacedPlace => {
        return {
          kind: 'open',
          id,
          name,
          face: { id, name, image, shape: 'group', presence: null },
          unreadCount: 0,
        };
      });
    return [...ofRooms, ...ofPeople('friend', friends), ...ofPeople('user', userAnswer), ...ofOpen];
  }, [rooms, faces, settings, myId, known, friends, userAnswer, openAnswer]);

  const spelling = useSpelling(
    query,
    useMemo(() => places.map(({ name }) => name), [places]),
  );
  const groups = useMemo(() => rank(places, query, spelling), [places, query, spelling]);
  return { groups, isAsking: wanted !== '' && (!isSettled || users.isFetching || open.isFetching) };
}

function faceOfUser({ id, userName, image, online }: User): Face {
  return { id, name: userName, image, shape: 'person', presence: online ? 'online' : null };
}
