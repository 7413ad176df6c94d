import type { Message } from '@banter/client';
import { expect, test } from 'vitest';

import type { Pending } from '@/features/composer/outbox-slice';
import { makeMessage } from '@/testing/builders';
import { rowsOf } from './rows';

const me = { myId: 1, firstNew: 0 };
const at = (minutes: number, rest: Partial<Message> = {}) =>
  makeMessage({ createdAt: new Date(2026, 0, 5, 12, minutes).toISOString(), ...rest });
const waiting: Pending = {
  clientMsgId: 'x',
  roomId: 1,
  createdAt: new Date(2026, 0, 5, 12, 3).getTime(),
  state: 'waiting',
  text: 'hello',
};

test('messages of one sender within five minutes are a group', () => {
  const rows = rowsOf(
    [at(0, { seq: 1, userId: 2 }), at(4, { seq: 2, userId: 2 }), at(10, { seq: 3, userId: 2 })],
    [],
    me,
  );
  expect(rows.map((row) => [row.isFirst, row.isLast])).toEqual([
    [true, false],
    [false, true],
    [true, true],
  ]);
});

test.each([
  ['another sender', { userId: 3 }],
  ['a reply', { userId: 2, replyId: 9 }],
  ['a notice', { userId: 2, contentType: 'SYSTEM_MESSAGE' as const }],
  ['the line of new messages', { userId: 2, seq: 7 }],
])('%s breaks a group', (_name, rest) => {
  const rows = rowsOf([at(0, { seq: 1, userId: 2 }), at(1, { seq: 2, ...rest })], [], {
    myId: 1,
    firstNew: 7,
  });
  expect(rows[0]?.isLast).toBe(true);
  expect(rows[1]?.isFirst).toBe(true);
});

test('a day begins with its first message', () => {
  const rows = rowsOf(
    [
      at(0, { seq: 1 }),
      at(1, { seq: 2 }),
      makeMessage({ seq: 3, createdAt: new Date(2026, 0, 6, 0, 1).toISOString() }),
    ],
    [],
    me,
  );
  expect(rows.map((row) => Boolean(row.day))).toEqual([true, false, true]);
});

test('what is on its way stands last, and keeps its key when it is stored', () => {
  const before = rowsOf([at(0, { seq: 1, userId: 2 })], [waiting], me);
  expect(before.map((row) => row.kind)).toEqual(['message', 'pending']);
  const stored = at(3, { seq: 3, userId: 1, clientMsgId: 'x' });
  const after = rowsOf([at(0, { seq: 1, userId: 2 }), at(1, { seq: 2, userId: 3 }), stored], [waiting], me);
  expect(after.map((row) => row.kind)).toEqual(['message', 'message', 'message']);
  expect(after[2]?.key).toBe(before[1]?.key);
});
