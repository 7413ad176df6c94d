/** Messages as they come over the socket, where they lack what can be known (docs/protocol.md, section 15). */

import type { Message, User } from './wire.js';

/** What may be missing in its compact form, or not: a server that knows no such form leaves nothing out. */
export type CompactMessage = Omit<Partial<Message>, 'user' | 'textMessage' | 'reply'> &
  Pick<Message, 'id' | 'seq' | 'rev' | 'contentType' | 'roomId' | 'createdAt'> & {
    user?: (Omit<User, 'online'> & { online?: boolean }) | null;
    textMessage?: { text: string; mention?: number[] } | null;
    reply?: CompactMessage | null;
  };

/** Fills in what was left out. Of the author only what every message needs is known: neither bio nor GitHub name. */
export function complete({ user, textMessage, reply, ...message }: CompactMessage): Message {
  return {
    clientMsgId: null,
    channelId: message.roomId,
    userId: null,
    mediaMessage: null,
    recallMessage: null,
    systemMessage: null,
    replyId: null,
    isRecalled: false,
    isEdited: false,
    reactions: [],
    updatedAt: message.createdAt,
    ...message,
    user: user ? { online: false, ...user } : null,
    textMessage: textMessage ? { mention: [], ...textMessage } : null,
    reply: reply ? complete(reply) : null,
  };
}
