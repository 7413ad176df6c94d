import { createContext, useContext } from 'react';

import { selectMyId } from '@/features/account/slice';
import type { RoomEntry } from '@/features/rooms/slice';
import type { Asking } from './can';

/** Whether the open room takes nothing new: known once for all its rows. */
export const ClosedContext = createContext(false);

/** The user, as somebody who wants to do something with messages of a room. */
export function useAsking(room: RoomEntry): Asking {
  const myId = useAppSelector(selectMyId);
  const isClosed = useContext(ClosedContext);
  return { myId, room, isClosed };
}
