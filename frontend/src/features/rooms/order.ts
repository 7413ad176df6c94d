import { type RoomSettings, isMuted } from '@/features/settings/slice';
import type { RoomEntry } from './slice';

/** When something happened in a room last. */
export function activityOf(room: RoomEntry): string {
  return room.lastMessage?.createdAt ?? room.createdAt;
}

/** Newest activity first; of equals the younger room. */
export function byActivity(a: RoomEntry, b: RoomEntry): number {
  return activityOf(b).localeCompare(activityOf(a)) || b.id - a.id;
}

/** True for a room that waits to be read, by count or by hand. */
export function isUnread(room: RoomEntry, settings: RoomSettings = {}): boolean {
  return room.unreadCount > 0 || settings.unreadFrom !== undefined;
}

/** True for a room that waits and may say so loudly. */
export function isWaiting(room: RoomEntry, settings: RoomSettings = {}): boolean {
  return (isUnread(room, settings) && !isMuted(settings)) || room.mentions.length > 0;
}

export interface Sections {
  pinned: RoomEntry[];
  recent: RoomEntry[];
}

/**
 * Rooms in their order: pinned ones, then the others, newest activity first. `held` are ids in the order in which
 * they stand while nothing may move: those keep it, and rooms that come meanwhile stand behind them, except the
 * open one, which the user has just made or joined.
 */
export function arrange(
  rooms: RoomEntry[],
  settings: Record<number, RoomSettings>,
  held?: { ids: number[]; openId: number } | null,
): Sections {
  const sorted = [...rooms].sort(byActivity);
  if (held) {
    const rank = new Map(held.ids.map((id, index) => [id, index]));
    const placeOf = ({ id }: RoomEntry) => rank.get(id) ?? (id === held.openId ? -1 : rank.size);
    sorted.sort((a, b) => placeOf(a) - placeOf(b));
  }
  const isPinned = ({ id }: RoomEntry) => settings[id]?.pinned === true;
  return { pinned: sorted.filter(isPinned), recent: sorted.filter((room) => !isPinned(room)) };
}
