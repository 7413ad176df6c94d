/** Objects of the API, as they stand in answers and pushes. Times are RFC 3339 texts. */

export interface User {
  id: number;
  userName: string;
  image: string;
  bio: string;
  github: string;
  online: boolean;
}

export interface Profile extends User {
  email: string;
  qq: string;
  wechat: string;
  permission: 'user' | 'admin';
  createdAt: string;
  updatedAt: string;
}

/** What `Api.me` answers: the own profile and the own rooms, newest activity first. */
export type Me = Profile & { room: Room[] };

export interface Room {
  id: number;
  name: string;
  image: string;
  channelType: 'PRIVATE' | 'PUBLIC';
  joinPolicy: 'open' | 'invite';
  creator: User | null;
  admin: User[];
  member: User[];
  memberCount: number;
  lastSeq: number;
  lastRev: number;
  /** Up to which seq each member has read, by user id. */
  readSeq: Record<string, number>;
  unreadCount: number;
  lastMessage: Message | null;
  createdAt: string;
  updatedAt: string;
}

/** Where the user stands in a room. */
export interface RoomHead {
  id: number;
  lastSeq: number;
  lastRev: number;
  readSeq: number;
  unreadCount: number;
}

export type ContentType = 'TEXT_MESSAGE' | 'MEDIA_MESSAGE' | 'RECALL_MESSAGE' | 'SYSTEM_MESSAGE';

/** A message. Just one payload is set, the one that `contentType` names. */
export interface Message {
  id: number;
  /** Its place in its room: 1, 2, 3 … without gaps. */
  seq: number;
  /** The room's count of changes at which it changed last. */
  rev: number;
  clientMsgId: string | null;
  contentType: ContentType;
  channelId: number;
  roomId: number;
  userId: number | null;
  user: User | null;
  textMessage: TextMessage | null;
  mediaMessage: MediaMessage | null;
  recallMessage: RecallMessage | null;
  systemMessage: SystemMessage | null;
  replyId: number | null;
  reply: Message | null;
  isRecalled: boolean;
  isEdited: boolean;
  reactions: Reaction[];
  createdAt: string;
  updatedAt: string;
}

export interface TextMessage {
  text: string;
  mention: number[];
}

export type MediaKind = 'image' | 'gif' | 'audio' | 'video' | 'file';

/** What an upload answers. */
export interface UploadedFile {
  url: string;
  name: string;
  extension: string;
  mime: string;
  size: number;
  width?: number;
  height?: number;
  thumbnail?: string;
  kind: MediaKind;
}

export interface MediaMessage extends UploadedFile {
  /** Seconds. */
  duration?: number;
  /** The loudness of a recording over its length: at most 256 integers from 0 to 100. */
  peaks?: number[];
  /** A caption. */
  text?: string;
}

export interface RecallMessage {
  operator: number;
  recallMsgId: number;
}

export type NoticeKind =
  | 'memberJoined'
  | 'memberAdded'
  | 'memberLeft'
  | 'memberRemoved'
  | 'adminNamed'
  | 'handedOver'
  | 'roomRenamed';

export interface SystemMessage {
  kind: NoticeKind;
  actor: number | null;
  subject: number | null;
  text: string;
}

export interface Reaction {
  emoji: string;
  count: number;
  /** The first hundred. */
  userIds: number[];
  mine: boolean;
}

export interface Member {
  user: User;
  role: 'creator' | 'admin' | 'member';
  joinedAt: string;
}

export interface Presence {
  userId: number;
  online: boolean;
  lastSeenAt: string | null;
}

/** A signed-in device. */
export interface SessionInfo {
  id: number;
  userAgent: string;
  address: string;
  current: boolean;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
}

/** A found message, and where the query stands in its text, counted in Unicode code points. */
export type SearchHit = Message & { spans: { start: number; end: number }[] };

/** A setting that follows the user to all devices. */
export interface Preference {
  key: string;
  value: unknown;
  updatedAt: string;
}

/** A message to send; `media` goes by the URL that its upload answered. */
export interface OutgoingMessage {
  channelId: number;
  contentType: 'TEXT_MESSAGE' | 'MEDIA_MESSAGE';
  textMessage?: { text: string; mention?: number[] };
  mediaMessage?: { url: string; name?: string; duration?: number; peaks?: number[]; text?: string };
  replyId?: number;
  clientMsgId?: string;
}
