import type { NoticeKind } from '@banter/client';
import i18next from 'i18next';
import { expect, test } from 'vitest';

import { setLanguage } from '@/i18n';
import { makeMessage } from '@/testing/builders';
import { noticeText } from './notice';

const NAMES: Record<number, string> = { 1: 'Noor', 2: 'Sam', 3: 'Aiko' };
const words = () => ({
  t: i18next.getFixedT(null, 'rooms'),
  myId: 1,
  nameOf: (id: number) => NAMES[id],
});
const notice = (kind: NoticeKind, actor: number | null, subject: number | null, text: string) =>
  makeMessage({
    contentType: 'SYSTEM_MESSAGE',
    textMessage: null,
    systemMessage: { kind, actor, subject, text },
  });

test.each([
  ['memberJoined', 2, 2, 'Sam joined', 'Sam joined'],
  ['memberJoined', 1, 1, 'Noor joined', 'You joined'],
  ['memberAdded', 2, 3, 'Sam added Aiko', 'Sam added Aiko'],
  ['memberAdded', 1, 3, 'Noor added Aiko', 'You added Aiko'],
  ['memberAdded', 2, 1, 'Sam added Noor', 'Sam added you'],
  ['memberRemoved', 2, 1, 'Sam removed Noor', 'Sam removed you'],
  ['adminNamed', 1, 2, 'Noor made Sam an admin', 'You made Sam an admin'],
  ['handedOver', 2, 1, 'Sam handed the room over to Noor', 'Sam handed the room over to you'],
  ['roomRenamed', 2, null, 'Sam renamed the room to Lake house', 'Sam renamed the room to “Lake house”'],
] as const)('%s by %s to %s', (kind, actor, subject, text, said) => {
  expect(noticeText(notice(kind, actor, subject, text), words())).toBe(said);
});

test('people whom nobody knows here have the names of the time', () => {
  expect(noticeText(notice('memberRemoved', 2, 99, 'Sam removed Old Friend'), words())).toBe(
    'Sam removed Old Friend',
  );
  expect(noticeText(notice('memberLeft', 98, 98, ''), words())).toBe('Somebody left');
});

test('those who were renamed have their names of today', () => {
  expect(noticeText(notice('memberLeft', 2, 2, 'Samuel left'), words())).toBe('Sam left');
});

test('a kind of a later server says what the server says', () => {
  const unknown = notice('roomPainted' as NoticeKind, 2, null, 'Sam painted the room');
  expect(noticeText(unknown, words())).toBe('Sam painted the room');
});

test('recalled messages say who took them back', () => {
  const recalled = (operator: number) =>
    makeMessage({
      isRecalled: true,
      contentType: 'RECALL_MESSAGE',
      textMessage: null,
      recallMessage: { operator, recallMsgId: 4 },
    });
  expect(noticeText(recalled(1), words())).toBe('You recalled a message');
  expect(noticeText(recalled(3), words())).toBe('Aiko recalled a message');
});

test('in Chinese as well', async () => {
  await setLanguage('zh');
  expect(noticeText(notice('memberAdded', 2, 1, 'Sam added Noor'), words())).toBe('Sam邀请你加入了群聊');
  await setLanguage('en');
});
