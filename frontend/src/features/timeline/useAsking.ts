import { createContext, useContext } from 'react';

import { selectAsker } from '@/features/account/slice';
import type { RoomEntry } from '@/features/rooms/slice';
import type { Asking } from './can';

/** Whether the open room takes nothing new: known once for all its rows. */
export const ClosedContext = createContext(false);

/** The user, as somebody who wants to do something with messages of a room. */
export function useAsking(room: RoomEntry): Asking {
  const me = useAppSelector(selectAsker);
  const isClosed = useContext(ClosedContext);
  return { me, room, isClosed };
}
