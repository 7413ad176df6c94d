import type { Message } from '@banter/client';

import type { RoomEntry } from '@/features/rooms/slice';

/** Who asks, and where. */
export interface Asking {
  myId: number;
  room: Pick<RoomEntry, 'creatorId' | 'adminIds'>;
  /** A direct room of two who are friends no more: it takes nothing new. */
  isClosed: boolean;
}

/** Said by somebody, and not taken back. */
const stands = ({ isRecalled, contentType }: Message) => !isRecalled && contentType !== 'SYSTEM_MESSAGE';

/** Whether somebody ranks above the author of a message in its room. */
function ranksAbove(authorId: number | null, { myId, room }: Asking): boolean {
  if (room.creatorId === myId) return true;
  const isPlain = authorId === null || (authorId !== room.creatorId && !room.adminIds.includes(authorId));
  return room.adminIds.includes(myId) && isPlain;
}

/** What the user may do with a message. The server decides; this keeps what it would refuse out of sight. */
export const can = {
  /** Reply to it, and react to it. */
  answer: (message: Message, { isClosed }: Pick<Asking, 'isClosed'>) => !isClosed && stands(message),
  edit: (message: Message, { myId, isClosed }: Pick<Asking, 'myId' | 'isClosed'>) =>
    !isClosed && stands(message) && message.userId === myId && message.contentType === 'TEXT_MESSAGE',
  /** Own words may be taken back even where nothing can be said any more. */
  recall: (message: Message, asking: Asking) =>
    stands(message) && (message.userId === asking.myId || ranksAbove(message.userId, asking)),
};
