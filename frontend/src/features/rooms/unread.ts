import type { Message } from '@banter/client';

import type { RoomEntry } from './slice';

/** True for what counts as unread: words and files of others that still stand. */
export function counts(message: Message, myId: number): boolean {
  return message.userId !== myId && !message.isRecalled && message.contentType !== 'SYSTEM_MESSAGE';
}

/**
 * The room's unread messages once the user has read up to `readSeq`: exact where all later messages are
 * loaded, else the old count less what is known to be read. The next word of the server puts it right.
 */
export function countUnread(
  room: Pick<RoomEntry, 'lastSeq' | 'unreadCount' | 'mentions'>,
  readSeq: number,
  loaded: Message[],
  myId: number,
): number {
  room.mentions = room.mentions.filter((seq) => seq > readSeq);
  if (readSeq >= room.lastSeq) return 0;
  const later = loaded.filter((message) => message.seq > readSeq);
  if (later.length === room.lastSeq - readSeq) return later.filter((message) => counts(message, myId)).length;
  return Math.min(room.unreadCount, room.lastSeq - readSeq);
}
