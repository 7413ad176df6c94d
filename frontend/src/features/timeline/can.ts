import type { Message } from '@banter/client';

import { type Asker, ranksAbove } from '@/features/rooms/panel/can';
import type { RoomEntry } from '@/features/rooms/slice';

/** Who asks, and where. */
export interface Asking {
  me: Asker;
  room: Pick<RoomEntry, 'creatorId' | 'adminIds' | 'isDirect'>;
  /** A direct room of two who are friends no more: it takes nothing new. */
  isClosed: boolean;
}

/** Said by somebody, and not taken back. */
const stands = ({ isRecalled, contentType }: Message) => !isRecalled && contentType !== 'SYSTEM_MESSAGE';

/** What the user may do with a message. The server decides; this keeps what it would refuse out of sight. */
export const can = {
  /** Reply to it, and react to it. */
  answer: (message: Message, { isClosed }: Pick<Asking, 'isClosed'>) => !isClosed && stands(message),
  edit: (message: Message, { me, isClosed }: Pick<Asking, 'me' | 'isClosed'>) =>
    !isClosed && stands(message) && message.userId === me.id && message.contentType === 'TEXT_MESSAGE',
  /** Own words may be taken back even where nothing can be said any more. */
  recall: (message: Message, { me, room }: Asking) =>
    stands(message) && (message.userId === me.id || ranksAbove(room, me, message.userId)),
};
