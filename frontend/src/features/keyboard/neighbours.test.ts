import { expect, it } from 'vitest';

import { makeRoom } from '@/testing/builders';
import { neighbourOf } from './neighbours';

/** In the list: 3 (pinned), 1, 2, 4. */
const rooms = [
  makeRoom({ id: 1, createdAt: '2026-01-04T00:00:00Z' }),
  makeRoom({ id: 2, createdAt: '2026-01-03T00:00:00Z', unreadCount: 2 }),
  makeRoom({ id: 3, createdAt: '2026-01-01T00:00:00Z' }),
  makeRoom({ id: 4, createdAt: '2026-01-02T00:00:00Z' }),
];
const settings = { 3: { pinned: true }, 4: { unreadFrom: 1 } };
const from = (openId: number, step: 1 | -1, unreadOnly = false) =>
  neighbourOf(rooms, settings, openId, { step, unreadOnly });

it('goes through the list in its order, around both ends', () => {
  expect([from(3, 1), from(1, 1), from(2, 1), from(4, 1)]).toEqual([1, 2, 4, 3]);
  expect([from(3, -1), from(1, -1)]).toEqual([4, 3]);
});

it('begins at the ends when no room is open', () => {
  expect([from(0, 1), from(0, -1)]).toEqual([3, 4]);
});

it('stops at unread rooms only, by count or by hand', () => {
  expect([from(3, 1, true), from(2, 1, true), from(3, -1, true)]).toEqual([2, 4, 4]);
});

it('stays where there is nowhere to go', () => {
  expect(neighbourOf([], {}, 0, { step: 1, unreadOnly: false })).toBeUndefined();
  expect(neighbourOf(rooms.slice(0, 1), {}, 1, { step: 1, unreadOnly: true })).toBeUndefined();
});
