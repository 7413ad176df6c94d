import type { Message, User } from '../wire.js';

export function user(id: number): User {
  return { id, userName: `user${id}`, image: '', bio: '', github: '', online: true };
}

/** A text message; room 1, seq and id like rev unless they are given. */
export function message(change: Partial<Message> & { rev: number }): Message {
  const roomId = change.roomId ?? 1;
  return {
    id: change.rev,
    seq: change.rev,
    clientMsgId: null,
    contentType: 'TEXT_MESSAGE',
    channelId: roomId,
    roomId,
    userId: 2,
    user: user(2),
    textMessage: { text: `message ${change.rev}`, mention: [] },
    mediaMessage: null,
    recallMessage: null,
    systemMessage: null,
    replyId: null,
    reply: null,
    isRecalled: false,
    isEdited: false,
    reactions: [],
    createdAt: '2026-01-31T08:00:00.000Z',
    updatedAt: '2026-01-31T08:00:00.000Z',
    ...change,
  };
}
