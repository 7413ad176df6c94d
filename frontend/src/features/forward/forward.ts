import type { Draft, Message } from '@banter/client';

import { chat, fileUrl } from '@/api/client';

type Host = (message: Message | null) => void;

let host: Host | undefined;

/** The one dialog of the page says that it is there. */
export function setForwardHost(next: Host | undefined): void {
  host = next;
}

/** Asks where a message is to be sent on to. */
export function openForward(message: Message): void {
  host?.(message);
}

/** What is sent on: the words, or the file itself, since others may not see where it stands. */
async function draftOf(message: Message): Promise<Draft> {
  const media = message.mediaMessage;
  if (!media) return { kind: 'text', text: message.textMessage?.text ?? '', mention: [] };
  const answer = await fetch(fileUrl(media.url));
  if (!answer.ok) throw new Error(`the file answers ${answer.status}`);
  const { name, mime, text, duration, peaks, width, height } = media;
  return {
    kind: 'media',
    file: await answer.blob(),
    name,
    mime,
    caption: text,
    duration,
    peaks,
    width,
    height,
  };
}

/** Sends a message on, under the user's own name and without mentioning anybody. */
export async function forward(message: Message, roomIds: number[]): Promise<void> {
  const draft = await draftOf(message);
  for (const roomId of roomIds) chat.outbox.send(roomId, draft);
}
