import { createSelector } from '@reduxjs/toolkit';

import { isMuted, selectAllRoomSettings } from '@/features/settings/slice';
import { selectRooms } from './slice';

const selectUnreadTotal = createSelector([selectRooms, selectAllRoomSettings], (rooms, settings) => {
  let count = 0;
  let isMentioned = false;
  for (const room of rooms) {
    const own = settings[room.id] ?? {};
    const isMarked = own.unreadFrom !== undefined;
    if (!isMuted(own)) count += Math.max(room.unreadCount, isMarked ? 1 : 0);
    isMentioned ||= room.mentions.length > 0;
  }
  return { count, isMentioned };
});

/** What waits in all rooms together; muted ones count only when they mention the user. */
export function useUnreadTotal(): { count: number; isMentioned: boolean } {
  return useAppSelector(selectUnreadTotal);
}
