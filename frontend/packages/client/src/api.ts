import type {
  Me,
  Member,
  Message,
  OutgoingMessage,
  Preference,
  Profile,
  Room,
  SearchHit,
  SessionInfo,
  UploadedFile,
  User,
} from './wire.js';

/** Why nobody is signed in any more. */
export type SessionEnd = 'signed-out' | 'expired';

export interface ApiOptions {
  /** Where the server is, such as `https://chat.example`; empty for the page's own. */
  baseUrl?: string;
  fetch?: typeof fetch;
  /** Keeps tabs from refreshing at once; `null` where there are none. */
  locks?: LockManager | null;
  onSessionEnded?: (reason: SessionEnd) => void;
}

export interface Page {
  limit?: number;
  cursor?: number;
}

export interface SearchQuery extends Page {
  q?: string;
  roomId?: number;
  from?: number;
  before?: string;
  after?: string;
  has?: string;
  mentionsMe?: boolean;
  signal?: AbortSignal;
}

export interface UploadOptions {
  name?: string;
  scene: 'avatar' | 'room' | 'message';
  onProgress?: (loaded: number, total: number) => void;
  signal?: AbortSignal;
}

export interface RoomDraft {
  name: string;
  image?: string;
  joinPolicy?: 'open' | 'invite';
  adminIds?: number[];
  memberIds?: number[];
}

/** The HTTP API. Every method answers with the envelope's `data`, or throws `ApiError` or `NetworkError`. */
export declare class Api {
  constructor(options?: ApiOptions);
  register(body: { email: string; password: string; userName?: string }): Promise<Profile>;
  /** Signs in; the access token stays inside. */
  login(body: { email: string; password: string }): Promise<Profile>;
  logout(): Promise<void>;
  /** Gets a new access token for the cookie; throws `ApiError` 401 where nobody is signed in. */
  refresh(): Promise<void>;
  /** A token that is good for a while yet. */
  accessToken(): Promise<string>;
  me(): Promise<Me>;
  updateProfile(
    change: Partial<Pick<Profile, 'userName' | 'email' | 'bio' | 'github' | 'qq' | 'wechat' | 'image'>>,
  ): Promise<Profile>;
  findUsers(
    by: { limit?: number; start?: number } & ({ userName: string } | { id: number } | { email: string }),
  ): Promise<User[]>;
  sessions(): Promise<SessionInfo[]>;
  revokeSession(id: number): Promise<void>;
  changePassword(body: { oldPassword: string; newPassword: string }): Promise<void>;
  friends(): Promise<User[]>;
  addFriend(id: number): Promise<Room>;
  removeFriend(id: number): Promise<void>;
  rooms(page?: Page): Promise<Room[]>;
  room(id: number): Promise<Room>;
  createRoom(draft: RoomDraft): Promise<Room>;
  updateRoom(change: { id: number; creatorId?: number } & Partial<RoomDraft>): Promise<Room>;
  deleteRoom(id: number): Promise<void>;
  /** Joins a room, without an id the lobby. */
  joinRoom(id?: number): Promise<Room>;
  openRooms(page?: Page & { q?: string }): Promise<Room[]>;
  members(page: Page & { id: number }): Promise<Member[]>;
  removeMember(roomId: number, userId: number): Promise<void>;
  history(place: {
    id: number;
    beforeSeq?: number;
    afterSeq?: number;
    aroundSeq?: number;
    limit?: number;
  }): Promise<Message[]>;
  send(message: OutgoingMessage): Promise<Message>;
  edit(id: number, textMessage: { text: string; mention?: number[] }): Promise<Message>;
  recall(id: number): Promise<Message>;
  markRead(id: number, seq: number): Promise<{ readSeq: number }>;
  react(messageId: number, emoji: string, on: boolean): Promise<Message>;
  search(query: SearchQuery): Promise<SearchHit[]>;
  preferences(): Promise<Preference[]>;
  setPreferences(items: { key: string; value: unknown; updatedAt?: string }[]): Promise<Preference[]>;
  upload(file: Blob, options: UploadOptions): Promise<UploadedFile>;
}
