import { describe, expect, it } from 'vitest';

import { makeMessage } from '@/testing/builders';
import { type Asking, can } from './can';

const CREATOR = 1;
const ADMIN = 2;
const MEMBER = 3;
const asking = (id: number, rest: Partial<Asking> = {}): Asking => ({
  me: { id, permission: 'user' },
  room: { creatorId: CREATOR, adminIds: [ADMIN, 4], isDirect: false },
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

describe('a room that nobody owns', () => {
  const room = { creatorId: null, adminIds: [ADMIN], isDirect: false };
  const me = { id: MEMBER, permission: 'admin' as const };

  it('is looked after by the admins of the server', () => {
    expect(can.recall(by(4), asking(MEMBER, { room }))).toBe(false);
    expect(can.recall(by(4), asking(MEMBER, { room, me }))).toBe(true);
    expect(can.recall(by(ADMIN), asking(MEMBER, { room, me }))).toBe(false);
    expect(can.recall(by(4), asking(MEMBER, { room: { ...room, isDirect: true }, me }))).toBe(false);
    expect(can.recall(by(4), asking(MEMBER, { me }))).toBe(false);
  });
});

describe('a room of former friends', () => {
  const room = { creatorId: null, adminIds: [], isDirect: true };

  it('takes nothing new', () => {
    expect(can.answer(by(ADMIN), asking(MEMBER, { room, isClosed: true }))).toBe(false);
    expect(can.edit(by(MEMBER), asking(MEMBER, { room, isClosed: true }))).toBe(false);
  });

  it('gives own words back', () => {
    expect(can.recall(by(MEMBER), asking(MEMBER, { room, isClosed: true }))).toBe(true);
    expect(can.recall(by(ADMIN), asking(MEMBER, { room, isClosed: true }))).toBe(false);
  });
});
