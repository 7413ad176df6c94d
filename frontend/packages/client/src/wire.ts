/** Objects of the API, as they stand in answers and pushes. Times are RFC 3339 texts in UTC. */

import type { components } from './schema.js';

type Schemas = components['schemas'];

/** A person. Of authors of live messages the note and the GitHub name are not told. */
export type User = Omit<Schemas['User'], 'bio' | 'github'> & Partial<Schemas['User']>;
export type Profile = Schemas['Profile'];
export type TextMessage = Schemas['TextMessage'];
/** A file in a message; `peaks` is the loudness of a recording, at most 256 integers from 0 to 100. */
export type MediaMessage = Schemas['MediaMessage'];
export type RecallMessage = Schemas['RecallMessage'];
export type Reaction = Schemas['Reaction'];
export type Member = Schemas['Member'];
/** A signed-in device. */
export type SessionInfo = Schemas['Session'];
export type ReadMark = Schemas['ReadMark'];

/** What an upload answers. */
export type UploadedFile = Omit<MediaMessage, 'duration' | 'peaks' | 'text'>;
export type MediaKind = MediaMessage['kind'];

export type NoticeKind =
  | 'memberJoined'
  | 'memberAdded'
  | 'memberLeft'
  | 'memberRemoved'
  | 'adminNamed'
  | 'handedOver'
  | 'roomRenamed';

export interface SystemMessage extends Omit<Schemas['SystemMessage'], 'kind'> {
  kind: NoticeKind;
}

/** A message. Just one payload is set, the one that `contentType` names; receipts never are messages. */
export interface Message extends Omit<
  Schemas['Message'],
  'user' | 'systemMessage' | 'readMessage' | 'reply'
> {
  user: User | null;
  systemMessage: SystemMessage | null;
  reply: Message | null;
}

export interface Room extends Omit<Schemas['Room'], 'lastMessage'> {
  lastMessage: Message | null;
}

/** A link into a room, as those see it who may make one. */
export type Invitation = Schemas['Invitation'];
/** Where a link leads. */
export type InvitationPreview = Schemas['Preview'];

/** A room that anybody may come into. */
export type OpenRoom = Schemas['OpenRoom'];

/** What `Api.me` answers: the own profile and the own rooms, newest activity first. */
export interface Me extends Profile {
  room: Room[];
}

/** A found message, and where the query stands in its text, counted in Unicode code points. */
export interface SearchHit extends Message {
  spans: Schemas['Span'][];
}

/** Where the user stands in a room. */
export interface RoomHead {
  id: number;
  lastSeq: number;
  lastRev: number;
  readSeq: number;
  unreadCount: number;
}

export interface Presence {
  userId: number;
  online: boolean;
  lastSeenAt: string | null;
}

/** A setting that follows the user to all devices; its value is null once it was removed. */
export type Preference = Schemas['Preference'];
/** A setting to keep; what was chosen before the kept one changes nothing. */
export type PreferenceDraft = Schemas['PreferenceDraft'];

/** A message to send; a file goes by the URL that its upload answered. */
export type OutgoingMessage = Pick<
  Schemas['SendMessage'],
  'channelId' | 'contentType' | 'textMessage' | 'mediaMessage' | 'replyId' | 'clientMsgId'
>;
