import { describe, expect, it } from 'vitest';

import { makeMessage } from '@/testing/builders';
import { type Asking, can } from './can';

const CREATOR = 1;
const ADMIN = 2;
const MEMBER = 3;
const asking = (myId: number, rest: Partial<Asking> = {}): Asking => ({
  myId,
  room: { creatorId: CREATOR, adminIds: [ADMIN, 4] },
  isClosed: false,
  ...rest,
});
const by = (userId: number | null) => makeMessage({ userId });
const recalled = makeMessage({ userId: MEMBER, isRecalled: true });
const notice = makeMessage({ userId: null, contentType: 'SYSTEM_MESSAGE', textMessage: null });

describe('an open room', () => {
  it('lets everybody answer what stands', () => {
    expect(can.answer(by(ADMIN), asking(MEMBER))).toBe(true);
    expect(can.answer(recalled, asking(MEMBER))).toBe(false);
    expect(can.answer(notice, asking(MEMBER))).toBe(false);
  });

  it('lets authors edit their words, and nobody else', () => {
    expect(can.edit(by(MEMBER), asking(MEMBER))).toBe(true);
    expect(can.edit(by(MEMBER), asking(CREATOR))).toBe(false);
    expect(can.edit(recalled, asking(MEMBER))).toBe(false);
    expect(can.edit({ ...by(MEMBER), contentType: 'MEDIA_MESSAGE' }, asking(MEMBER))).toBe(false);
  });

  it.each([
    [MEMBER, MEMBER, true],
    [MEMBER, ADMIN, false],
    [ADMIN, MEMBER, true],
    [ADMIN, null, true],
    [ADMIN, 4, false],
    [ADMIN, CREATOR, false],
    [CREATOR, ADMIN, true],
  ])('lets %s recall from %s: %s', (me, author, may) => expect(can.recall(by(author), asking(me))).toBe(may));

  it('lets nobody recall a notice, or twice', () => {
    expect(can.recall(notice, asking(CREATOR))).toBe(false);
    expect(can.recall(recalled, asking(MEMBER))).toBe(false);
  });
});

describe('a room of former friends', () => {
  const room = { creatorId: null, adminIds: [] };

  it('takes nothing new', () => {
    expect(can.answer(by(ADMIN), asking(MEMBER, { room, isClosed: true }))).toBe(false);
    expect(can.edit(by(MEMBER), asking(MEMBER, { room, isClosed: true }))).toBe(false);
  });

  it('gives own words back', () => {
    expect(can.recall(by(MEMBER), asking(MEMBER, { room, isClosed: true }))).toBe(true);
    expect(can.recall(by(ADMIN), asking(MEMBER, { room, isClosed: true }))).toBe(false);
  });
});
