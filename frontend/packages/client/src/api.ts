/** The HTTP API: every method answers with the envelope's `data`, or throws `ApiError` or `NetworkError`. */

import createClient, { type Client } from 'openapi-fetch';

import { failureOf, headOf, unwrap } from './answer.js';
import { isSignedOut } from './errors.js';
import { platformLocks } from './locks.js';
import type { components, paths } from './schema.js';
import { Session, type SessionEnd } from './session.js';
import { postFile, type UploadOptions } from './upload.js';
import type {
  Invitation,
  InvitationPreview,
  Me,
  Member,
  Message,
  OpenRoom,
  OutgoingMessage,
  Preference,
  PreferenceDraft,
  Profile,
  ReadMark,
  Room,
  SearchHit,
  SessionInfo,
  UploadedFile,
  User,
} from './wire.js';

type Schemas = components['schemas'];
type Query<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } } ? Q : never;
type Fetched = Promise<{ data?: unknown; error?: unknown; response: Response }>;

export interface ApiOptions {
  /** Where the server is, such as `https://chat.example`; empty for the page's own. */
  baseUrl?: string;
  fetch?: typeof fetch;
  /** Keeps tabs from refreshing at once; `null` where there are none. */
  locks?: LockManager | null;
  /** Somebody was signed in, and is no more. */
  onSessionEnded?: (reason: SessionEnd) => void;
}

/** A page of a list; `cursor` is the id of the last row of the page before. */
export interface Page {
  limit?: number;
  cursor?: number;
}

export type SearchQuery = Query<'/api/search'> & { signal?: AbortSignal };
export type HistoryQuery = Query<'/api/room/messages'>;
export type ProfileChange = Schemas['UpdateProfile'];
export type RoomDraft = Schemas['CreateRoom'];
export type RoomChange = Schemas['UpdateRoom'];
export type InvitationDraft = Schemas['CreateInvitation'];
export type UserQuery = ({ userName: string } | { id: number } | { email: string }) & {
  limit?: number;
  start?: number;
};

const LONGEST_PAGE = 100;

export class Api {
  #baseUrl: string;
  #http: Client<paths>;
  #session: Session;
  #uploadFetch: typeof fetch | undefined;

  constructor({ baseUrl = '', locks, onSessionEnded, ...options }: ApiOptions = {}) {
    const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
    this.#baseUrl = baseUrl.replace(/\/+$/, '');
    this.#http = createClient<paths>({ baseUrl: this.#baseUrl, fetch });
    this.#session = new Session({
      baseUrl: this.#baseUrl,
      fetch,
      locks: platformLocks(locks),
      ended: (reason) => onSessionEnded?.(reason),
    });
    const canXhr = typeof XMLHttpRequest !== 'undefined';
    this.#uploadFetch = canXhr && !options.fetch ? undefined : fetch;
  }

  // Account

  register(body: Schemas['Register']): Promise<Profile> {
    return this.#ask(() => this.#http.POST('/api/register', { body }));
  }

  /** Signs in; the tokens stay inside. `email` may be a user name. */
  async login(body: Schemas['Login']): Promise<Profile> {
    const answer = this.#http.POST('/api/login', { body });
    const signedIn = await this.#ask<Schemas['SignedIn']>(() => answer);
    this.#session.keep(signedIn, (await answer).response);
    return signedIn.user;
  }

  /** Signs this device out. */
  async logout(): Promise<void> {
    try {
      const token = this.#session.token ?? (await this.#session.refresh());
      await this.#ask(() =>
        this.#http.POST('/api/logout', { headers: { Authorization: `Bearer ${token}` } }),
      );
    } catch (error) {
      if (!isSignedOut(error)) throw error;
    }
    this.#session.end('signed-out');
  }

  /** Gets a new access token for the cookie; throws `ApiError` 401 where nobody is signed in. */
  async refresh(): Promise<void> {
    await this.#session.refresh();
  }

  /** A token that is good for a while yet. */
  accessToken(): Promise<string> {
    return this.#session.valid();
  }

  /** Milliseconds until the access token is to be renewed. */
  get renewIn(): number {
    return this.#session.renewIn;
  }

  me(): Promise<Me> {
    return this.#call((headers) => this.#http.GET('/api/userInfo', { headers }));
  }

  updateProfile(change: ProfileChange): Promise<Profile> {
    return this.#call((headers) => this.#http.POST('/api/userInfo', { headers, body: change }));
  }

  async changePassword(body: Schemas['ChangePassword']): Promise<void> {
    await this.#call((headers) => this.#http.POST('/api/password', { headers, body }));
  }

  /** The devices that are signed in, the last used first. */
  sessions(): Promise<SessionInfo[]> {
    return this.#call((headers) => this.#http.GET('/api/session', { headers }));
  }

  async revokeSession(id: number): Promise<void> {
    await this.#call((headers) => this.#http.DELETE('/api/session', { headers, params: { query: { id } } }));
  }

  /** All settings that are kept for the user. */
  async preferences(): Promise<Preference[]> {
    const all: Preference[] = [];
    for (;;) {
      const query = { limit: LONGEST_PAGE, cursor: all.at(-1)?.key };
      const page = await this.#call<Preference[]>((headers) =>
        this.#http.GET('/api/preference', { headers, params: { query } }),
      );
      all.push(...page);
      if (page.length < LONGEST_PAGE) return all;
    }
  }

  /** Keeps settings, at most 100 at once; answers with what is kept now. */
  setPreferences(items: PreferenceDraft[]): Promise<Preference[]> {
    return this.#call((headers) => this.#http.POST('/api/preference', { headers, body: { items } }));
  }

  // People

  /** People by the beginning of their name, or the one with an id or address. */
  findUsers(query: UserQuery): Promise<User[]> {
    return this.#call((headers) => this.#http.GET('/api/user', { headers, params: { query } }));
  }

  friends(page: Page = {}): Promise<User[]> {
    return this.#call((headers) => this.#http.GET('/api/friend', { headers, params: { query: page } }));
  }

  /** Makes a friend; answers with the private room of the two. */
  addFriend(id: number): Promise<Room> {
    return this.#call((headers) => this.#http.POST('/api/friend', { headers, body: { id } }));
  }

  async removeFriend(id: number): Promise<void> {
    await this.#call((headers) => this.#http.DELETE('/api/friend', { headers, params: { query: { id } } }));
  }

  // Rooms

  rooms(page: Page = {}): Promise<Room[]> {
    return this.#call((headers) => this.#http.GET('/api/room', { headers, params: { query: page } }));
  }

  room(id: number): Promise<Room> {
    return this.#call((headers) => this.#http.GET('/api/room', { headers, params: { query: { id } } }));
  }

  createRoom(draft: RoomDraft): Promise<Room> {
    return this.#call((headers) => this.#http.POST('/api/room', { headers, body: draft }));
  }

  updateRoom(change: RoomChange): Promise<Room> {
    return this.#call((headers) => this.#http.PATCH('/api/room', { headers, body: change }));
  }

  async deleteRoom(id: number): Promise<void> {
    await this.#call((headers) => this.#http.DELETE('/api/room', { headers, params: { query: { id } } }));
  }

  /** Joins an open room, without an id the lobby. */
  joinRoom(id?: number): Promise<Room> {
    return this.#call((headers) => this.#http.POST('/api/joinRoom', { headers, body: { id } }));
  }

  /** Rooms of the server that anybody may come into, by any part of their name. */
  openRooms(query: Query<'/api/room/open'> = {}): Promise<OpenRoom[]> {
    return this.#call((headers) => this.#http.GET('/api/room/open', { headers, params: { query } }));
  }

  members(query: Page & { id: number }): Promise<Member[]> {
    return this.#call((headers) => this.#http.GET('/api/room/member', { headers, params: { query } }));
  }

  /** Removes a member; leaving is removing oneself. */
  async removeMember(id: number, userId: number): Promise<void> {
    const query = { id, userId };
    await this.#call((headers) => this.#http.DELETE('/api/room/member', { headers, params: { query } }));
  }

  // Invitations

  /** Where a link leads; nobody needs to be signed in for it. */
  invitation(code: string): Promise<InvitationPreview> {
    const params = { path: { code } };
    return this.#ask(() => this.#http.GET('/api/invitation/{code}', { params }));
  }

  /** Comes into a room by a link. */
  acceptInvitation(code: string): Promise<Room> {
    return this.#call((headers) => this.#http.POST('/api/invitation/accept', { headers, body: { code } }));
  }

  /** The links into a room that hold, the newest first. */
  invitations(channelId: number): Promise<Invitation[]> {
    const params = { query: { channelId } };
    return this.#call((headers) => this.#http.GET('/api/invitation', { headers, params }));
  }

  createInvitation(body: InvitationDraft): Promise<Invitation> {
    return this.#call((headers) => this.#http.POST('/api/invitation', { headers, body }));
  }

  /** Takes a link back. */
  async removeInvitation(code: string): Promise<void> {
    const params = { query: { code } };
    await this.#call((headers) => this.#http.DELETE('/api/invitation', { headers, params }));
  }

  // Messages

  /** A page of a room's messages by rising seq, the newest where no place is given. */
  history(query: HistoryQuery): Promise<Message[]> {
    return this.#call((headers) => this.#http.GET('/api/room/messages', { headers, params: { query } }));
  }

  send(message: OutgoingMessage): Promise<Message> {
    return this.#call((headers) => this.#http.POST('/api/room/message', { headers, body: message }));
  }

  edit(id: number, textMessage: Schemas['TextDraft']): Promise<Message> {
    const body = { id, textMessage };
    return this.#call((headers) => this.#http.PATCH('/api/room/message', { headers, body }));
  }

  recall(id: number): Promise<Message> {
    return this.#call((headers) =>
      this.#http.DELETE('/api/room/message', { headers, params: { query: { id } } }),
    );
  }

  /** Moves the own read mark of a room. */
  markRead(id: number, seq: number): Promise<ReadMark> {
    return this.#call((headers) => this.#http.POST('/api/room/read', { headers, body: { id, seq } }));
  }

  /** Sets a reaction or takes it away. */
  react(id: number, emoji: string, on: boolean): Promise<Message> {
    const body = { id, emoji, on };
    return this.#call((headers) => this.#http.POST('/api/room/reaction', { headers, body }));
  }

  search({ signal, ...query }: SearchQuery): Promise<SearchHit[]> {
    const params = { query };
    return this.#call((headers) => this.#http.GET('/api/search', { headers, params, signal }), signal);
  }

  // Files

  upload(file: Blob, options: UploadOptions): Promise<UploadedFile> {
    const url = `${this.#baseUrl}/api/upload`;
    return this.#withToken(
      (token) => postFile(url, token, file, options, this.#uploadFetch) as Promise<UploadedFile>,
    );
  }

  /** A call of somebody who is signed in. */
  #call<T>(send: (headers: { Authorization: string }) => Fetched, signal?: AbortSignal): Promise<T> {
    return this.#withToken((token) => this.#ask(() => send({ Authorization: `Bearer ${token}` }), signal));
  }

  /** Runs with a token, and once more with a new one when that one was refused. */
  async #withToken<T>(run: (token: string) => Promise<T>): Promise<T> {
    const token = await this.#session.valid();
    try {
      return await run(token);
    } catch (error) {
      if (!isSignedOut(error)) throw error;
    }
    const isStale = this.#session.token === token;
    return run(isStale ? await this.#session.refresh() : await this.#session.valid());
  }

  /** The document types what is asked; what is answered, the return types name. */
  async #ask<T>(send: () => Fetched, signal?: AbortSignal): Promise<T> {
    try {
      const { data, error, response } = await send();
      return unwrap(data ?? error, headOf(response)) as T;
    } catch (cause) {
      throw failureOf(cause, signal);
    }
  }
}
