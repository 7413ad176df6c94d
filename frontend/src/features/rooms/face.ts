import type { User } from '@banter/client';

import { selectMyId } from '@/features/account/slice';
import { selectUser, selectUsers } from '@/features/people/slice';
import { type RoomEntry, otherOf, selectRoom } from './slice';

/** How a room shows itself. A direct room has the name and the face of the other person. */
export interface Face {
  /** Decides the tone: of the person in direct rooms, so that they look the same everywhere. */
  id: number;
  name: string;
  image: string;
  shape: 'person' | 'group';
  presence: 'online' | null;
}

export function faceOf(room: RoomEntry, other: User | undefined): Face {
  return {
    id: other?.id ?? room.id,
    name: other?.userName ?? room.name,
    image: other?.image ?? room.image,
    shape: room.isDirect ? 'person' : 'group',
    presence: other?.online ? 'online' : null,
  };
}

/** The face of one room. */
export function useFace(room: RoomEntry): Face {
  const otherId = otherOf(room, useAppSelector(selectMyId));
  const other = useAppSelector((state) => selectUser(state, otherId));
  return faceOf(room, other);
}

/** Faces of several rooms, in their order. */
export function useFaces(rooms: RoomEntry[]): Face[] {
  const users = useAppSelector(selectUsers);
  const myId = useAppSelector(selectMyId);
  return useMemo(
    () =>
      rooms.map((room) => {
        const otherId = otherOf(room, myId);
        return faceOf(room, otherId === undefined ? undefined : users[otherId]);
      }),
    [rooms, users, myId],
  );
}

/** A room as it is to be shown: a direct one with the name and the picture that the other person has by now. */
export function useShownRoom(id: number): RoomEntry | undefined {
  const room = useAppSelector((state) => selectRoom(state, id));
  const myId = useAppSelector(selectMyId);
  const other = useAppSelector((state) => selectUser(state, room && otherOf(room, myId)));
  return useMemo(() => {
    if (!room || !other) return room;
    const { name, image } = faceOf(room, other);
    return { ...room, name, image };
  }, [room, other]);
}
