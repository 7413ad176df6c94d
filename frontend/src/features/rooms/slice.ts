import type { Message, Room, RoomHead } from '@banter/client';
import { type PayloadAction, createSelector, createSlice } from '@reduxjs/toolkit';

import { countUnread } from './unread';

/** A room as the list and the header know it. People are named by id; `features/people` knows them. */
export interface RoomEntry {
  id: number;
  name: string;
  image: string;
  isDirect: boolean;
  joinPolicy: Room['joinPolicy'];
  creatorId: number | null;
  adminIds: number[];
  /** Plain members, the first of them. */
  memberIds: number[];
  memberCount: number;
  lastSeq: number;
  lastRev: number;
  /** Up to which seq each member has read, by user id. */
  readSeq: Record<string, number>;
  unreadCount: number;
  /** seqs of unread messages that mention the user. */
  mentions: number[];
  lastMessage: Message | null;
  createdAt: string;
  updatedAt: string;
}

interface RoomsState {
  byId: Record<number, RoomEntry>;
  /** True once the list is there, from the server or from the cache. */
  isLoaded: boolean;
  /** Rooms that the user leaves, while that can be taken back. */
  leaving: number[];
}

const initialState: RoomsState = { byId: {}, isLoaded: false, leaving: [] };

function entryOf(room: Room, known: RoomEntry | undefined): RoomEntry {
  return {
    id: room.id,
    name: room.name,
    image: room.image,
    isDirect: room.channelType === 'PRIVATE',
    joinPolicy: room.joinPolicy,
    creatorId: room.creator?.id ?? null,
    adminIds: room.admin.map((user) => user.id),
    memberIds: room.member.map((user) => user.id),
    memberCount: room.memberCount,
    lastSeq: Math.max(room.lastSeq, known?.lastSeq ?? 0),
    lastRev: Math.max(room.lastRev, known?.lastRev ?? 0),
    // Lists cut the marks short, so known ones stay.
    readSeq: { ...known?.readSeq, ...room.readSeq },
    unreadCount: room.unreadCount,
    mentions: room.unreadMentions === 0 ? [] : (known?.mentions ?? []),
    lastMessage: known && known.lastSeq > room.lastSeq ? known.lastMessage : room.lastMessage,
    createdAt: room.createdAt,
    updatedAt: room.updatedAt,
  };
}

export const rooms = createSlice({
  name: 'rooms',
  initialState,
  reducers: {
    /** The whole list: what is not in it is no room of the user's any more. */
    roomsLoaded(state, { payload }: PayloadAction<Room[]>) {
      const byId: RoomsState['byId'] = {};
      for (const room of payload) byId[room.id] = entryOf(room, state.byId[room.id]);
      state.byId = byId;
      state.isLoaded = true;
    },
    roomsRestored(state, { payload }: PayloadAction<RoomEntry[]>) {
      if (state.isLoaded) return;
      for (const room of payload) state.byId[room.id] = room;
      state.isLoaded = true;
    },
    roomChanged(state, { payload }: PayloadAction<Room>) {
      state.byId[payload.id] = entryOf(payload, state.byId[payload.id]);
    },
    roomGone(state, { payload }: PayloadAction<number>) {
      delete state.byId[payload];
      state.leaving = state.leaving.filter((id) => id !== payload);
    },
    leaveBegun(state, { payload }: PayloadAction<number>) {
      state.leaving.push(payload);
    },
    leaveTakenBack(state, { payload }: PayloadAction<number>) {
      state.leaving = state.leaving.filter((id) => id !== payload);
    },
    headReceived(state, { payload }: PayloadAction<{ head: RoomHead; myId: number }>) {
      const room = state.byId[payload.head.id];
      if (!room) return;
      room.lastSeq = Math.max(room.lastSeq, payload.head.lastSeq);
      room.lastRev = Math.max(room.lastRev, payload.head.lastRev);
      room.unreadCount = payload.head.unreadCount;
      room.mentions = room.mentions.filter((seq) => seq > payload.head.readSeq);
      markRead(room, payload.myId, payload.head.readSeq);
    },
    messagesArrived(
      state,
      { payload }: PayloadAction<{ roomId: number; messages: Message[]; myId: number; counted: boolean }>,
    ) {
      const room = state.byId[payload.roomId];
      if (!room) return;
      for (const message of payload.messages) arrive(room, message, payload.myId, payload.counted);
    },
    readMoved(
      state,
      {
        payload,
      }: PayloadAction<{ roomId: number; userId: number; readSeq: number; myId: number; loaded: Message[] }>,
    ) {
      const room = state.byId[payload.roomId];
      if (!room) return;
      const { userId, readSeq, myId, loaded } = payload;
      if (!markRead(room, userId, readSeq) || userId !== myId) return;
      room.unreadCount = countUnread(room, readSeq, loaded, myId);
    },
    /** Unread messages that mention the user, found by asking. */
    mentionsFound(state, { payload }: PayloadAction<{ roomId: number; seqs: number[] }>) {
      const room = state.byId[payload.roomId];
      if (room) room.mentions = [...new Set([...room.mentions, ...payload.seqs])].sort((a, b) => a - b);
    },
  },
  selectors: {
    selectRoom: (state, id: number) => state.byId[id],
    selectRoomsById: (state) => state.byId,
    selectRoomsLoaded: (state) => state.isLoaded,
    selectLeaving: (state) => state.leaving,
  },
});

/** Moves a mark forward; false when it stood there or further. */
function markRead(room: RoomEntry, userId: number, readSeq: number): boolean {
  if ((room.readSeq[userId] ?? 0) >= readSeq) return false;
  room.readSeq[userId] = readSeq;
  return true;
}

/** Takes in who came or went, as a new notice says. */
function moveMember(room: RoomEntry, { kind, subject }: NonNullable<Message['systemMessage']>) {
  if (subject === null) return;
  if (kind === 'memberJoined' || kind === 'memberAdded') {
    room.memberIds.push(subject);
    room.memberCount += 1;
  } else if (kind === 'memberLeft' || kind === 'memberRemoved') {
    room.memberIds = room.memberIds.filter((id) => id !== subject);
    room.adminIds = room.adminIds.filter((id) => id !== subject);
    room.memberCount -= 1;
  }
}

/** Takes a new or changed message into the room's row. `counted`: the room's unread count includes it already. */
function arrive(room: RoomEntry, message: Message, myId: number, counted: boolean) {
  const isNew = message.seq > room.lastSeq;
  // A room that was loaded with the notice has its consequences already.
  if (isNew && message.systemMessage) moveMember(room, message.systemMessage);
  room.lastSeq = Math.max(room.lastSeq, message.seq);
  room.lastRev = Math.max(room.lastRev, message.rev);
  if (message.seq >= (room.lastMessage?.seq ?? 0)) {
    room.lastMessage = message;
    if (isNew) room.updatedAt = message.createdAt;
  }
  const myMark = room.readSeq[myId] ?? 0;
  const isUnread =
    message.seq > myMark && message.userId !== myId && message.contentType !== 'SYSTEM_MESSAGE';
  if (isUnread && isNew && !message.isRecalled && !counted) room.unreadCount += 1;
  // A message is told of once for each change, so this one counted until now.
  if (isUnread && !isNew && message.isRecalled && !counted)
    room.unreadCount = Math.max(0, room.unreadCount - 1);
  const mentionsMe = isUnread && !message.isRecalled && message.textMessage?.mention.includes(myId);
  const known = room.mentions.indexOf(message.seq);
  if (mentionsMe && known < 0) room.mentions.push(message.seq);
  if (!mentionsMe && known >= 0) room.mentions.splice(known, 1);
}

export const {
  roomsLoaded,
  roomsRestored,
  roomChanged,
  roomGone,
  leaveBegun,
  leaveTakenBack,
  headReceived,
  messagesArrived,
  readMoved,
  mentionsFound,
} = rooms.actions;
export const { selectRoom, selectRoomsById, selectRoomsLoaded, selectLeaving } = rooms.selectors;

/** All rooms in no particular order, without those that the user is leaving; `features/rooms/order.ts` sorts them. */
export const selectRooms = createSelector([selectRoomsById, selectLeaving], (byId, leaving) =>
  Object.values(byId).filter(({ id }) => !leaving.includes(id)),
);

/** The other person of a direct room. */
export function otherOf(room: RoomEntry, myId: number): number | undefined {
  if (!room.isDirect) return undefined;
  return [room.creatorId, ...room.adminIds, ...room.memberIds].find((id) => id && id !== myId) ?? undefined;
}
