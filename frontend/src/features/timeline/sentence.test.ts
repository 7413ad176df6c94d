import i18next from 'i18next';
import { expect, it } from 'vitest';

import { makeMessage } from '@/testing/builders';
import { sentenceOf } from './sentence';

const words = () => ({
  t: i18next.getFixedT('en', 'timeline'),
  language: 'en',
  nameOf: (id: number) => ({ 2: 'Teo', 3: 'Mika' })[id],
});
const CLOCK = String.raw`\d{1,2}:\d\d(\s[AP]M)?`;

it('goes from the sender to the state', () => {
  const message = makeMessage({
    reply: makeMessage({ userId: 3 }),
    textMessage: { text: 'On **Friday**, then', mention: [] },
    reactions: [{ emoji: '🎉', count: 2, userIds: [1, 3], mine: true }],
    isEdited: true,
  });
  expect(sentenceOf({ kind: 'message', message, isOwn: false }, words())).toMatch(
    new RegExp(`^Teo, ${CLOCK}, in reply to Mika, On Friday, then, 🎉 2, edited$`, 'u'),
  );
});

it('tells a picture with the words below it', () => {
  const media = {
    kind: 'image',
    url: '/x',
    name: 'x.png',
    extension: 'png',
    mime: 'image/png',
    size: 1,
  } as const;
  const message = makeMessage({ textMessage: null, mediaMessage: { ...media, text: 'From the terrace' } });
  expect(sentenceOf({ kind: 'message', message, isOwn: false }, words())).toMatch(
    new RegExp(`^Teo, ${CLOCK}, From the terrace, Photo$`),
  );
});

it.each([
  ['waiting', 'Waiting to be sent'],
  ['failed', 'Not sent.'],
] as const)('says of an own message that it is %s', (state, said) => {
  const pending = { clientMsgId: 'a', roomId: 1, createdAt: 0, state, text: 'hello' };
  expect(sentenceOf({ kind: 'pending', pending, isOwn: true }, words())).toMatch(
    new RegExp(`^You, ${CLOCK}, hello, ${said}$`),
  );
});

it('names nobody whom it does not know, and of a recalled message tells no more than that', () => {
  const message = makeMessage({ userId: 9, textMessage: { text: 'hi', mention: [] } });
  expect(sentenceOf({ kind: 'message', message, isOwn: false }, words())).toMatch(/^Somebody, .*, hi$/);
  const recalled = { ...message, isRecalled: true };
  expect(sentenceOf({ kind: 'notice', message: recalled, isOwn: false }, words())).toBe('Message recalled');
});
