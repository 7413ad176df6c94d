import type { MediaMessage } from '@banter/client';
import i18next from 'i18next';
import { expect, test } from 'vitest';

import type { Pending } from '@/features/composer/outbox-slice';
import { makeMessage, makeRoom } from '@/testing/builders';
import { type PreviewSources, previewOf } from './preview';

const NAMES: Record<number, string> = { 1: 'Noor', 2: 'Sam' };
const see = (sources: Partial<PreviewSources>) =>
  previewOf(
    { room: makeRoom(), typing: null, draft: undefined, pending: undefined, ...sources },
    { t: i18next.getFixedT(null, 'rooms'), myId: 1, nameOf: (id) => NAMES[id] },
  );
const text = (words: string, userId = 2) =>
  makeMessage({ userId, textMessage: { text: words, mention: [] } });
const media = (rest: Partial<MediaMessage>, userId = 2) =>
  makeMessage({
    userId,
    contentType: 'MEDIA_MESSAGE',
    textMessage: null,
    mediaMessage: { url: '', name: 'a.bin', extension: 'bin', mime: '', size: 1, kind: 'file', ...rest },
  });
const pending = (rest: Partial<Pending>): Pending => ({
  clientMsgId: 'x',
  roomId: 1,
  createdAt: 0,
  state: 'waiting',
  ...rest,
});

test('who writes goes before a draft, a draft before what was said', () => {
  const room = makeRoom({ lastMessage: text('hello') });
  const draft = { text: '**not** yet', updatedAt: 1 };
  expect(see({ room, draft, typing: 'Sam is typing' })).toEqual({ kind: 'typing', text: 'Sam is typing…' });
  expect(see({ room, draft })).toEqual({ kind: 'draft', text: 'not yet' });
  expect(see({ room, draft: { text: '  ', updatedAt: 1 } })).toMatchObject({
    kind: 'message',
    text: 'hello',
  });
});

test('a direct room does not repeat the name that stands above', () => {
  const room = makeRoom({ isDirect: true, lastMessage: text('hello') });
  expect(see({ room })).toMatchObject({ sender: null, text: 'hello' });
  expect(see({ room: makeRoom({ lastMessage: text('hello') }) })).toMatchObject({ sender: 'Sam' });
});

test.each([
  [{ kind: 'image' }, 'photo', 'Photo'],
  [{ kind: 'image', text: 'From the *terrace*' }, 'photo', 'From the terrace'],
  [{ kind: 'gif' }, 'photo', 'GIF'],
  [{ kind: 'video' }, 'video', 'Video'],
  [{ kind: 'audio', duration: 41, peaks: [1] }, 'voice', 'Voice message · 0:41'],
  [{ kind: 'audio', name: 'song.mp3', duration: 200 }, 'audio', 'song.mp3'],
  [{ kind: 'file', name: 'floor-plan.pdf' }, 'file', 'floor-plan.pdf'],
] as const)('%j', (file, sign, said) => {
  const room = makeRoom({
    lastMessage: media({ ...file, peaks: 'peaks' in file ? [...file.peaks] : undefined }),
  });
  expect(see({ room })).toMatchObject({ kind: 'message', sender: 'Sam', sign, text: said });
});

test('own messages say how far they have come', () => {
  const lastMessage = { ...text('done', 1), seq: 7 };
  const room = (readSeq: Record<string, number>) => makeRoom({ memberCount: 3, lastMessage, readSeq });
  expect(see({ room: room({ 1: 7, 2: 7 }) })).toMatchObject({ sender: 'You', progress: 'stored' });
  expect(see({ room: room({ 2: 7, 3: 8 }) })).toMatchObject({ progress: 'read' });
  expect(see({ room: makeRoom({ memberCount: 1, lastMessage }) })).toMatchObject({ progress: 'stored' });
  expect(see({ room: makeRoom({ lastMessage: text('theirs') }) })).toMatchObject({ progress: null });
});

test('what is on its way is the last word', () => {
  const room = makeRoom({ lastMessage: text('before') });
  expect(see({ room, pending: pending({ text: 'on its way' }) })).toMatchObject({
    sender: 'You',
    progress: 'waiting',
    text: 'on its way',
  });
  expect(see({ room, pending: pending({ state: 'failed', text: 'no' }) })).toMatchObject({
    progress: 'failed',
  });
});

test('an empty room, and notices, in words', () => {
  expect(see({})).toEqual({ kind: 'empty' });
  const systemMessage = { kind: 'memberJoined', actor: 2, subject: 2, text: 'Sam joined' } as const;
  const lastMessage = makeMessage({ contentType: 'SYSTEM_MESSAGE', textMessage: null, systemMessage });
  expect(see({ room: makeRoom({ lastMessage }) })).toEqual({ kind: 'notice', text: 'Sam joined' });
});
