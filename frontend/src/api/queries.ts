// Request-and-answer data. Timelines are not here: they have a slice of their own, fed by pages and pushes alike.
import { type Api, ApiError, type Member, type Profile, type SessionInfo, type User } from '@banter/client';
import { createApi, fakeBaseQuery } from '@reduxjs/toolkit/query/react';

import { api } from './client';

/** A failure in a shape that the store can hold. `code` is 0 where no answer came. */
export interface QueryFailure {
  code: number;
  message: string;
}

export function failureOf(error: unknown): QueryFailure {
  if (error instanceof ApiError) return { code: error.code, message: error.message };
  return { code: 0, message: error instanceof Error ? error.message : String(error) };
}

/** Turns a call of the client into a query function. */
export function ask<Argument, Answer>(call: (api: Api, argument: Argument) => Promise<Answer>) {
  return async (argument: Argument) => {
    try {
      return { data: await call(api, argument) };
    } catch (error) {
      return { error: failureOf(error) };
    }
  };
}

/** Friends of one page; all pages are fetched. */
const FRIENDS_PAGE = 100;

async function allFriends(client: Api): Promise<User[]> {
  const friends: User[] = [];
  for (;;) {
    const page = await client.friends({ limit: FRIENDS_PAGE, cursor: friends.at(-1)?.id });
    friends.push(...page);
    if (page.length < FRIENDS_PAGE) return friends;
  }
}

/** Members of one page; large rooms are loaded as far as somebody scrolls. */
export const MEMBERS_PAGE = 100;

/** Open rooms of one answer; more of them are found by name. */
export const OPEN_ROOMS_PAGE = 50;

export const queries = createApi({
  reducerPath: 'queries',
  baseQuery: fakeBaseQuery<QueryFailure>(),
  tagTypes: ['Friends', 'Members', 'Profile', 'Sessions', 'OpenRooms'],
  endpoints: (build) => ({
    friends: build.query<User[], void>({
      queryFn: ask(allFriends),
      providesTags: ['Friends'],
    }),
    members: build.query<Member[], { id: number; cursor?: number }>({
      queryFn: ask((client, page) => client.members({ ...page, limit: MEMBERS_PAGE })),
      providesTags: (_answer, _error, { id }) => [{ type: 'Members', id }],
    }),
    /** By the beginning of a name, or by a whole address. */
    findUsers: build.query<User[], string>({
      queryFn: ask((client, text) =>
        client.findUsers(text.includes('@') ? { email: text } : { userName: text, limit: 20 }),
      ),
      keepUnusedDataFor: 15,
    }),
    user: build.query<User | null, number>({
      queryFn: ask(async (client, id) => (await client.findUsers({ id }))[0] ?? null),
    }),
    openRooms: build.query<Awaited<ReturnType<Api['openRooms']>>, string>({
      queryFn: ask((client, q) => client.openRooms({ q, limit: OPEN_ROOMS_PAGE })),
      providesTags: ['OpenRooms'],
      keepUnusedDataFor: 15,
    }),
    sessions: build.query<SessionInfo[], void>({
      queryFn: ask((client) => client.sessions()),
      providesTags: ['Sessions'],
    }),
    revokeSession: build.mutation<void, number>({
      queryFn: ask((client, id) => client.revokeSession(id)),
      invalidatesTags: ['Sessions'],
    }),
    changePassword: build.mutation<void, { oldPassword: string; newPassword: string }>({
      queryFn: ask((client, body) => client.changePassword(body)),
      invalidatesTags: ['Sessions'],
    }),
    updateProfile: build.mutation<Profile, Parameters<Api['updateProfile']>[0]>({
      queryFn: ask((client, change) => client.updateProfile(change)),
    }),
  }),
});

export const {
  useFriendsQuery,
  useMembersQuery,
  useFindUsersQuery,
  useUserQuery,
  useOpenRoomsQuery,
  useSessionsQuery,
  useRevokeSessionMutation,
  useChangePasswordMutation,
  useUpdateProfileMutation,
} = queries;
