import type { Message, Presence, Room, User } from '@banter/client';
import { type PayloadAction, createSlice, isAnyOf } from '@reduxjs/toolkit';

import { queries } from '@/api/queries';

interface PeopleState {
  /** Whom only live messages named has neither a note nor a GitHub name yet. */
  byId: Record<number, User>;
  lastSeen: Record<number, string>;
  /** Who writes where: room, person, until when in milliseconds. */
  typing: Record<number, Record<number, number>>;
}

const { friends, findUsers, members, user } = queries.endpoints;

const initialState: PeopleState = { byId: {}, lastSeen: {}, typing: {} };

function keep(state: PeopleState, user: User | null | undefined) {
  if (!user) return;
  const known = state.byId[user.id];
  const { bio = known?.bio, github = known?.github } = user;
  if (
    known &&
    known.userName === user.userName &&
    known.image === user.image &&
    known.bio === bio &&
    known.github === github &&
    known.online === user.online
  )
    return;
  state.byId[user.id] = {
    id: user.id,
    userName: user.userName,
    image: user.image,
    bio,
    github,
    online: user.online,
  };
}

/** Everybody whom this page has met, whether they are here, and who is writing. */
export const people = createSlice({
  name: 'people',
  initialState,
  reducers: {
    usersMet(state, { payload }: PayloadAction<(User | null)[]>) {
      payload.forEach((user) => keep(state, user));
    },
    presenceChanged(state, { payload }: PayloadAction<Presence>) {
      const user = state.byId[payload.userId];
      if (user) user.online = payload.online;
      if (payload.lastSeenAt) state.lastSeen[payload.userId] = payload.lastSeenAt;
    },
    typingChanged(
      state,
      { payload }: PayloadAction<{ roomId: number; userId: number; until: number | null }>,
    ) {
      const { roomId, userId, until } = payload;
      const room = (state.typing[roomId] ??= {});
      if (until === null) delete room[userId];
      else room[userId] = until;
    },
  },
  // Answers make people known once, as they come: later news of them stands here.
  extraReducers: (builder) =>
    builder
      .addMatcher(isAnyOf(friends.matchFulfilled, findUsers.matchFulfilled), (state, { payload }) =>
        payload.forEach((somebody) => keep(state, somebody)),
      )
      .addMatcher(members.matchFulfilled, (state, { payload }) =>
        payload.forEach((member) => keep(state, member.user)),
      )
      .addMatcher(user.matchFulfilled, (state, { payload }) => keep(state, payload)),
  selectors: {
    selectUser: (state, id: number | null | undefined) => (id ? state.byId[id] : undefined),
    selectUsers: (state) => state.byId,
    selectLastSeen: (state, id: number) => state.lastSeen[id],
    selectTypingIn: (state, roomId: number) => state.typing[roomId],
  },
});

export const { usersMet, presenceChanged, typingChanged } = people.actions;
export const { selectUser, selectUsers, selectLastSeen, selectTypingIn } = people.selectors;

/** Everybody whom messages name. */
export function peopleOfMessages(messages: Message[]): (User | null)[] {
  return messages.flatMap((message) => [message.user, message.reply?.user ?? null]);
}

/** Everybody whom a room names. */
export function peopleOfRoom(room: Room): (User | null)[] {
  const last = room.lastMessage ? peopleOfMessages([room.lastMessage]) : [];
  return [room.creator, ...room.admin, ...room.member, ...last];
}
