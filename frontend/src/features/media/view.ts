// What a bubble has to know of a file, whether it is stored already or still on its way.
import type { MediaKind, Message } from '@banter/client';

import { fileUrl } from '@/api/client';
import type { Pending } from '@/features/composer/outbox-slice';
import { localFile } from './localFiles';

export interface MediaView {
  kind: MediaKind;
  /** Ready for an element's `src`. */
  url: string;
  name: string;
  mime: string;
  /** Bytes. */
  size: number;
  /** Pixels. */
  width?: number;
  height?: number;
  /** Seconds. */
  duration?: number;
  /** Loudness over time, 0 to 100: makes a sound a voice message. */
  peaks?: number[];
  /** A small picture of it, ready for an element's `src`. */
  thumbnail?: string;
  caption?: string;
}

/** The file of a stored message. What this page sent itself is shown from its own bytes, so that nothing flickers. */
export function viewOfMessage(message: Message): MediaView | null {
  const media = message.mediaMessage;
  if (!media || message.isRecalled) return null;
  const { kind, name, mime, size, width, height, duration, peaks, text } = media;
  const own = message.clientMsgId ? localFile(message.clientMsgId) : undefined;
  return {
    kind,
    url: own?.objectUrl ?? fileUrl(media.url),
    name,
    mime,
    size,
    width: width ?? own?.width,
    height: height ?? own?.height,
    duration: duration ?? undefined,
    peaks: peaks?.length ? peaks : undefined,
    thumbnail: media.thumbnail ? fileUrl(media.thumbnail) : undefined,
    caption: text ?? undefined,
  };
}

/** The file of a message on its way, from the bytes that wait in the outbox. */
export function viewOfPending(pending: Pending): MediaView | null {
  if (!pending.media) return null;
  return { ...pending.media, url: localFile(pending.clientMsgId)?.objectUrl ?? '' };
}

/** True for a recording; other sounds are files with a name that matters. */
export function isVoice(view: MediaView): boolean {
  return view.kind === 'audio' && Boolean(view.peaks?.length);
}
