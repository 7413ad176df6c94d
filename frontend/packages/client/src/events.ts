import type { OutboxItem } from './outbox-item.js';
import type { Message, Preference, Presence, Room, RoomHead, User } from './wire.js';

/** How the connection is doing. `waiting` is between two tries, `offline` until the system has a network. */
export interface Status {
  state: 'idle' | 'connecting' | 'online' | 'waiting' | 'offline' | 'stopped';
  /** Since when, in milliseconds of the clock. */
  since: number;
  /** When the next try is, while waiting. */
  retryAt?: number;
}

/** Messages that are new or changed; none is told twice with the same or an older rev. */
export interface MessagesEvent {
  roomId: number;
  messages: Message[];
  source: 'push' | 'sync' | 'sent';
  /** Forget what is known of the room: these are its newest messages, and older ones may be others than before. */
  reset?: boolean;
  /** Where the user stands, when it came along. */
  head?: RoomHead;
}

/** `another_user` has signed in in another tab, with which this one shares the session. */
export type EndReason = 'logout' | 'session_revoked' | 'expired' | 'another_user';

/** The events of `Chat`. */
export interface ChatEvents {
  status: Status;
  /** Signed in, after each connect. */
  ready: { userId: number; sessionId: number; rooms: RoomHead[] };
  messages: MessagesEvent;
  /** Tracked rooms that the user is no member of any more. */
  gone: { ids: number[] };
  read: { roomId: number; userId: number; readSeq: number };
  typing: { roomId: number; userId: number; on: boolean };
  presence: Presence;
  newUser: { roomId: number; user: User; content: string };
  /** The user joined a room; ids of its first members. */
  members: { roomId: number; members: number[] };
  room: Room;
  roomRemoved: { id: number; reason: 'left' | 'removed' | 'deleted' };
  user: User;
  friend: User;
  friendRemoved: User;
  preference: Preference;
  /** The whole outbox of the user, oldest first, after each change. */
  outbox: { items: OutboxItem[] };
  /** The session is over: somebody has to sign in. */
  ended: { reason: EndReason };
}
