import type { MediaMessage, Message } from '@banter/client';
import { describe, expect, it } from 'vitest';

import { makeMessage } from '@/testing/builders';
import { albumOf } from './album';

const media = (kind: MediaMessage['kind'], rest: Partial<MediaMessage> = {}): MediaMessage => ({
  kind,
  url: '/uploads/x',
  name: 'x',
  extension: 'x',
  mime: 'x/y',
  size: 1,
  ...rest,
});

const picture = (seq: number, rest: Partial<Message> = {}) =>
  makeMessage({
    seq,
    contentType: 'MEDIA_MESSAGE',
    textMessage: null,
    mediaMessage: media('image'),
    createdAt: new Date(Date.UTC(2026, 0, 5, 12, 0, seq)).toISOString(),
    ...rest,
  });

const seqs = (messages: Message[]) => albumOf(messages).map((album) => album.map(({ seq }) => seq));

describe('albumOf', () => {
  it('puts pictures of one person together', () => {
    expect(seqs([picture(1), picture(2, { mediaMessage: media('video') }), picture(3)])).toEqual([[1, 2, 3]]);
  });

  it('leaves all else alone', () => {
    const text = makeMessage({ seq: 2 });
    const file = picture(4, { mediaMessage: media('file') });
    expect(seqs([picture(1), text, picture(3), file])).toEqual([[1], [2], [3], [4]]);
  });

  it('ends with another person, a pause, an answer, a recalled one and a hole', () => {
    expect(seqs([picture(1), picture(2, { userId: 9 })])).toEqual([[1], [2]]);
    expect(seqs([picture(1), picture(2, { createdAt: '2026-01-05T12:01:02.000Z' })])).toEqual([[1], [2]]);
    expect(seqs([picture(1), picture(2, { replyId: 7 })])).toEqual([[1], [2]]);
    expect(seqs([picture(1), picture(2, { isRecalled: true })])).toEqual([[1], [2]]);
    expect(seqs([picture(1), picture(3)])).toEqual([[1], [3]]);
  });

  it('ends below a caption', () => {
    const first = picture(1, { mediaMessage: media('image', { text: 'From the terrace' }) });
    expect(seqs([first, picture(2)])).toEqual([[1], [2]]);
  });

  it('holds ten at most', () => {
    const many = Array.from({ length: 12 }, (_, index) => picture(index + 1));
    expect(albumOf(many).map((album) => album.length)).toEqual([10, 2]);
  });
});
