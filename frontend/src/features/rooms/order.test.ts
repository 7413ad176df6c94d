import { expect, test } from 'vitest';

import { FOR_EVER } from '@/features/settings/slice';
import { makeMessage, makeRoom } from '@/testing/builders';
import { arrange, isUnread, isWaiting } from './order';

const at = (minute: number) => `2026-01-05T12:${String(minute).padStart(2, '0')}:00.000Z`;
const roomAt = (id: number, minute: number) =>
  makeRoom({ id, lastMessage: makeMessage({ createdAt: at(minute) }) });
const idsOf = ({ pinned, recent }: ReturnType<typeof arrange>) => [
  pinned.map(({ id }) => id),
  recent.map(({ id }) => id),
];

test('pinned rooms stand first, then the newest activity', () => {
  const rooms = [roomAt(1, 1), roomAt(2, 3), roomAt(3, 2), roomAt(4, 0)];
  expect(idsOf(arrange(rooms, { 4: { pinned: true }, 1: { pinned: true } }))).toEqual([
    [1, 4],
    [2, 3],
  ]);
});

test('a room without messages stands where it was made', () => {
  const empty = makeRoom({ id: 5, createdAt: at(2) });
  expect(idsOf(arrange([roomAt(1, 1), empty, roomAt(2, 3)], {}))).toEqual([[], [2, 5, 1]]);
});

test('held rows stay, whatever arrives, and others stand behind them', () => {
  const rooms = [roomAt(1, 9), roomAt(2, 3), roomAt(3, 2), roomAt(7, 10)];
  expect(idsOf(arrange(rooms, {}, { ids: [2, 3, 1], openId: 0 }))).toEqual([[], [2, 3, 1, 7]]);
});

test('a room that the user has just made stands first in spite of that', () => {
  const rooms = [roomAt(1, 9), roomAt(2, 3), roomAt(7, 10)];
  expect(idsOf(arrange(rooms, {}, { ids: [2, 1], openId: 7 }))).toEqual([[], [7, 2, 1]]);
});

test('pinning by hand moves a row though it is held', () => {
  const rooms = [roomAt(1, 9), roomAt(2, 3)];
  expect(idsOf(arrange(rooms, { 1: { pinned: true } }, { ids: [2, 1], openId: 0 }))).toEqual([[1], [2]]);
});

test('a room waits by count, by hand, and muted only for those who are called', () => {
  const quiet = makeRoom();
  const loud = makeRoom({ unreadCount: 2 });
  const called = makeRoom({ unreadCount: 2, mentions: [4] });
  expect([isUnread(quiet), isUnread(loud), isUnread(quiet, { unreadFrom: 3 })]).toEqual([false, true, true]);
  const muted = { mutedUntil: FOR_EVER };
  expect([isWaiting(loud), isWaiting(loud, muted), isWaiting(called, muted)]).toEqual([true, false, true]);
});
