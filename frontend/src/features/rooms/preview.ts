import type { MediaMessage, Message } from '@banter/client';

import type { Draft } from '@/features/composer/drafts-slice';
import type { Pending } from '@/features/composer/outbox-slice';
import { duration } from '@/lib/format';
import { oneLine } from '@/lib/plain';
import { type Words, noticeText } from './notice';

import type { RoomEntry } from './slice';

/** How far an own message has come. */
export type Progress = 'waiting' | 'failed' | 'stored' | 'read';
export type MediaSign = 'photo' | 'video' | 'voice' | 'audio' | 'file';

/** The second line of a room's row. */
export type Preview =
  | { kind: 'empty' }
  | { kind: 'typing'; text: string }
  | { kind: 'draft'; text: string }
  | { kind: 'notice'; text: string }
  | {
      kind: 'message';
      sender: string | null;
      progress: Progress | null;
      sign: MediaSign | null;
      text: string;
    };

export interface PreviewSources {
  room: RoomEntry;
  /** Who writes there, in words; null while nobody does. */
  typing: string | null;
  draft: Draft | undefined;
  /** The last own message on its way. */
  pending: Pending | undefined;
}

/** What is to be seen of a room: who writes, what was begun, or what was said last. */
export function previewOf({ room, typing, draft, pending }: PreviewSources, words: Words): Preview {
  const { t } = words;
  if (typing) return { kind: 'typing', text: `${typing}…` };
  const begun = draft && oneLine(draft.text);
  if (begun) return { kind: 'draft', text: begun };
  if (pending) {
    const { sign, text } = pending.media
      ? mediaOf(pending.media, words)
      : { sign: null, text: pending.text ?? '' };
    const progress = pending.state === 'failed' ? 'failed' : 'waiting';
    return { kind: 'message', sender: t('you'), progress, sign, text: oneLine(text) };
  }
  const message = room.lastMessage;
  if (!message) return { kind: 'empty' };
  if (message.isRecalled || message.systemMessage)
    return { kind: 'notice', text: noticeText(message, words) };
  const isOwn = message.userId === words.myId;
  const media =
    message.mediaMessage && mediaOf({ ...message.mediaMessage, caption: message.mediaMessage.text }, words);
  return {
    kind: 'message',
    sender: isOwn ? t('you') : senderOf(room, message, words),
    progress: isOwn ? progressOf(room, message.seq, words.myId) : null,
    sign: media?.sign ?? null,
    text: oneLine(media?.text ?? message.textMessage?.text ?? ''),
  };
}

function senderOf(room: RoomEntry, message: Message, { nameOf, t }: Words): string | null {
  if (room.isDirect) return null;
  return (message.userId ? nameOf(message.userId) : undefined) ?? message.user?.userName ?? t('somebody');
}

type Media = Pick<MediaMessage, 'kind' | 'name' | 'duration' | 'peaks'> & { caption?: string };

/** A file in words. What its sender wrote beside it says more than its kind. */
function mediaOf(media: Media, { t }: Words): { sign: MediaSign; text: string } {
  if (media.kind === 'audio' && media.peaks) {
    const length = media.duration === undefined ? '' : ` · ${duration(media.duration)}`;
    return { sign: 'voice', text: media.caption ?? t('media.voice') + length };
  }
  if (media.kind === 'image') return { sign: 'photo', text: media.caption ?? t('media.photo') };
  if (media.kind === 'gif') return { sign: 'photo', text: media.caption ?? t('media.gif') };
  if (media.kind === 'video') return { sign: 'video', text: media.caption ?? t('media.video') };
  return { sign: media.kind === 'audio' ? 'audio' : 'file', text: media.caption ?? media.name };
}

/** Read once all others have read it; of members whose marks are not known, it is not known. */
function progressOf(room: RoomEntry, seq: number, myId: number): Progress {
  const readers = Object.entries(room.readSeq).filter(([id, mark]) => Number(id) !== myId && mark >= seq);
  return room.memberCount > 1 && readers.length >= room.memberCount - 1 ? 'read' : 'stored';
}
