import type { MediaKind, Message } from '@banter/client';
import { describe, expect, it } from 'vitest';

import type { Timeline } from '@/features/timeline/slice';
import { makeMessage } from '@/testing/builders';
import { galleryOf, grow, withOlder } from './gallery';

function media(seq: number, kind: MediaKind = 'image'): Message {
  const mediaMessage = { kind, url: '/u', name: 'n', extension: 'x', mime: 'm', size: 1 };
  return makeMessage({ seq, contentType: 'MEDIA_MESSAGE', textMessage: null, mediaMessage });
}

function timeline(messages: Message[]): Timeline {
  return {
    bySeq: Object.fromEntries(messages.map((message) => [message.seq, message])),
    seqs: messages.map(({ seq }) => seq),
    anchor: null,
    isLoaded: true,
  };
}

const page = (messages: Message[], isFull = false) => ({ messages, isFull });

describe('grow', () => {
  it('takes in what is loaded around it, up to the first hole', () => {
    const loaded = timeline([
      media(2),
      media(5),
      makeMessage({ seq: 6 }),
      media(7, 'video'),
      media(8, 'file'),
      media(9, 'gif'),
    ]);
    expect(grow(galleryOf(7), loaded)).toEqual({ seqs: [5, 7, 9], first: 5, last: 9 });
  });

  it('lets go of what was recalled', () => {
    const loaded = timeline([media(1), { ...media(2), isRecalled: true }, media(3)]);
    expect(grow({ seqs: [1, 2, 3], first: 1, last: 3 }, loaded).seqs).toEqual([1, 3]);
  });
});

describe('withOlder', () => {
  it('merges pictures and videos in order', () => {
    const images = page([media(8), media(4)]);
    const videos = page([media(6, 'video')]);
    expect(withOlder(galleryOf(9), [images, videos])).toEqual({ seqs: [4, 6, 8, 9], first: 1, last: 9 });
  });

  it('reaches only as far back as both kinds were looked for', () => {
    const images = page([media(8), media(7)], true);
    const videos = page([media(6, 'video'), media(2, 'video')], true);
    const once = withOlder(galleryOf(9), [images, videos]);
    expect(once).toEqual({ seqs: [7, 8, 9], first: 7, last: 9 });
    const twice = withOlder(once, [page([media(3)]), page([media(6, 'video'), media(2, 'video')])]);
    expect(twice).toEqual({ seqs: [2, 3, 6, 7, 8, 9], first: 1, last: 9 });
  });

  it('knows the beginning when nothing is left', () => {
    expect(withOlder(galleryOf(9), [page([]), page([])])).toEqual({ seqs: [9], first: 1, last: 9 });
  });
});
