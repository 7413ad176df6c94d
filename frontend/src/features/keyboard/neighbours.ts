import { type RoomSettings } from '@/features/settings/slice';
import { arrange, isUnread } from '@/features/rooms/order';
import type { RoomEntry } from '@/features/rooms/slice';

/** The room before or behind the open one as the list has them, of unread ones only if asked; the ends meet. */
export function neighbourOf(
  rooms: RoomEntry[],
  settings: Record<number, RoomSettings>,
  openId: number,
  { step, unreadOnly }: { step: 1 | -1; unreadOnly: boolean },
): number | undefined {
  const { pinned, recent } = arrange(rooms, settings);
  const ids = [...pinned, ...recent]
    .filter((room) => !unreadOnly || room.id === openId || isUnread(room, settings[room.id]))
    .map(({ id }) => id);
  const here = ids.indexOf(openId);
  const start = here < 0 && step < 0 ? 0 : here;
  const found = ids[(start + step + ids.length) % ids.length];
  return found === openId ? undefined : found;
}
