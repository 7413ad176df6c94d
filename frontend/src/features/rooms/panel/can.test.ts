import { describe, expect, it } from 'vitest';

import { makeRoom } from '@/testing/builders';
import { can, roleIn } from './can';

const CREATOR = 1;
const ADMIN = 2;
const OTHER_ADMIN = 3;
const MEMBER = 4;
const OTHER_MEMBER = 5;
const room = makeRoom({
  creatorId: CREATOR,
  adminIds: [ADMIN, OTHER_ADMIN],
  memberIds: [MEMBER, OTHER_MEMBER],
});
const user = (id: number) => ({ id, permission: 'user' }) as const;
const direct = makeRoom({ isDirect: true, creatorId: CREATOR, memberIds: [MEMBER] });

describe('roleIn', () => {
  it('tells creator, admins and everybody else apart', () => {
    expect([CREATOR, ADMIN, MEMBER].map((id) => roleIn(room, id))).toEqual(['creator', 'admin', 'member']);
  });
});

describe('can', () => {
  it('lets creator and admins manage a group, and nobody a direct room', () => {
    expect([CREATOR, ADMIN, MEMBER].map((id) => can.manage(room, user(id)))).toEqual([true, true, false]);
    expect(can.manage(direct, user(CREATOR))).toBe(false);
  });

  it('lets the admins of the server manage what nobody owns, and nothing else', () => {
    const admin = { id: MEMBER, permission: 'admin' } as const;
    const lobby = makeRoom({ creatorId: null, adminIds: [ADMIN], memberIds: [MEMBER, OTHER_MEMBER] });
    expect(can.manage(lobby, admin)).toBe(true);
    expect(can.manage(lobby, user(MEMBER))).toBe(false);
    expect(can.remove(lobby, admin, OTHER_MEMBER)).toBe(true);
    expect(can.remove(lobby, admin, ADMIN)).toBe(false);
    expect(can.delete(lobby, admin)).toBe(false);
    expect(can.manage(room, admin)).toBe(false);
    expect(can.manage(makeRoom({ isDirect: true, creatorId: null }), admin)).toBe(false);
  });

  it('lets only the creator delete, name admins and hand over', () => {
    for (const me of [ADMIN, MEMBER]) {
      expect(can.delete(room, user(me))).toBe(false);
      expect(can.nameAdmin(room, user(me), OTHER_MEMBER)).toBe(false);
      expect(can.handOver(room, user(me), OTHER_MEMBER)).toBe(false);
    }
    expect(can.delete(room, user(CREATOR))).toBe(true);
    expect(can.nameAdmin(room, user(CREATOR), MEMBER)).toBe(true);
    expect(can.handOver(room, user(CREATOR), ADMIN)).toBe(true);
  });

  it('makes nobody an admin who is one, and hands nothing over to oneself', () => {
    expect(can.nameAdmin(room, user(CREATOR), ADMIN)).toBe(false);
    expect(can.handOver(room, user(CREATOR), CREATOR)).toBe(false);
  });

  it('removes only those of a weaker role', () => {
    expect(can.remove(room, user(CREATOR), ADMIN)).toBe(true);
    expect(can.remove(room, user(CREATOR), CREATOR)).toBe(false);
    expect(can.remove(room, user(ADMIN), MEMBER)).toBe(true);
    expect(can.remove(room, user(ADMIN), OTHER_ADMIN)).toBe(false);
    expect(can.remove(room, user(ADMIN), CREATOR)).toBe(false);
    expect(can.remove(room, user(MEMBER), OTHER_MEMBER)).toBe(false);
  });

  it('leaves groups, but not direct rooms', () => {
    expect(can.leave(room)).toBe(true);
    expect(can.leave(direct)).toBe(false);
  });
});
