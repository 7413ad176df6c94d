// Which pictures and videos of a room are known to follow one another. Pure.
import type { Message } from '@banter/client';

import type { Timeline } from '@/features/timeline/slice';

/** A stretch of a room that was looked through, and what stands in it. */
export interface Gallery {
  /** seqs of all pictures and videos of the stretch, ascending. */
  seqs: number[];
  first: number;
  last: number;
}

/** True for what the arrows of the viewer go through. */
function isInGallery(message: Message): boolean {
  const kind = message.mediaMessage?.kind;
  return !message.isRecalled && (kind === 'image' || kind === 'gif' || kind === 'video');
}

/** A gallery of one, from which it grows. */
export const galleryOf = (seq: number): Gallery => ({ seqs: [seq], first: seq, last: seq });

/** Takes in the loaded messages at both ends, and lets go of what was recalled. */
export function grow(gallery: Gallery, timeline: Timeline | undefined): Gallery {
  if (!timeline) return gallery;
  const { bySeq } = timeline;
  const isShown = (seq: number) => {
    const message = bySeq[seq];
    return message ? isInGallery(message) : false;
  };
  const seqs = gallery.seqs.filter((seq) => !bySeq[seq] || isShown(seq));
  let { first, last } = gallery;
  while (bySeq[first - 1]) {
    first -= 1;
    if (isShown(first)) seqs.unshift(first);
  }
  while (bySeq[last + 1]) {
    last += 1;
    if (isShown(last)) seqs.push(last);
  }
  return { seqs, first, last };
}

/** What one search found before the gallery, newest first. */
export interface Page {
  messages: Message[];
  /** More than `limit` would have been needed: there may be older ones. */
  isFull: boolean;
}

/** Takes in what searches found before its beginning, one of each kind of file. */
export function withOlder(gallery: Gallery, pages: Page[]): Gallery {
  // Before the end of a full page, that kind was not looked for.
  const first = Math.max(
    1,
    ...pages.map(({ messages, isFull }) => (isFull ? (messages.at(-1)?.seq ?? 1) : 1)),
  );
  const found = pages.flatMap(({ messages }) => messages.filter(isInGallery).map(({ seq }) => seq));
  const older = found.filter((seq) => seq >= first && seq < gallery.first).sort((a, b) => a - b);
  return { seqs: [...new Set([...older, ...gallery.seqs])], first, last: gallery.last };
}
