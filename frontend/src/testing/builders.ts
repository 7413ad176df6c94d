import type { Message, User } from '@banter/client';

import type { RoomEntry } from '@/features/rooms/slice';

let lastId = 0;

/** A text message of somebody; a test says only what it is about. */
export function makeMessage(rest: Partial<Message> = {}): Message {
  lastId += 1;
  const seq = rest.seq ?? lastId;
  return {
    id: 1000 + seq,
    seq,
    rev: seq,
    clientMsgId: null,
    contentType: 'TEXT_MESSAGE',
    channelId: 1,
    roomId: 1,
    userId: 2,
    user: null,
    textMessage: { text: `message ${seq}`, mention: [] },
    mediaMessage: null,
    recallMessage: null,
    systemMessage: null,
    replyId: null,
    reply: null,
    isRecalled: false,
    isEdited: false,
    reactions: [],
    createdAt: '2026-01-05T12:00:00.000Z',
    updatedAt: '2026-01-05T12:00:00.000Z',
    ...rest,
  };
}

/** Somebody of whom only the name is known, and who is not here. */
export function makePerson(id: number, userName: string): Required<User> {
  return { id, userName, image: '', bio: '', github: '', online: false };
}

/** A group room with nothing in it. */
export function makeRoom(rest: Partial<RoomEntry> = {}): RoomEntry {
  return {
    id: 1,
    name: 'Kitchen table',
    image: '',
    isDirect: false,
    joinPolicy: 'open',
    creatorId: 1,
    adminIds: [],
    memberIds: [2],
    memberCount: 2,
    lastSeq: 0,
    lastRev: 0,
    readSeq: {},
    unreadCount: 0,
    mentions: [],
    lastMessage: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    ...rest,
  };
}
