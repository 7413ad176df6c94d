import type { Member, User } from '@banter/client';
import { describe, expect, it } from 'vitest';

import { makeRoom } from '@/testing/builders';
import { groupMembers, mergePages } from './members';

const person = (id: number, userName: string, online = false): Required<User> => ({
  id,
  userName,
  image: '',
  bio: '',
  github: '',
  online,
});

const member = (id: number, role: Member['role'] = 'member'): Member => ({
  user: person(id, `user ${id}`),
  role,
  joinedAt: '2026-01-01T00:00:00.000Z',
});

describe('mergePages', () => {
  it('keeps everybody once, as the later page has them', () => {
    const merged = mergePages([
      [member(1), member(2)],
      [member(2, 'admin'), member(3)],
    ]);
    expect(merged.map(({ user }) => user.id)).toEqual([1, 2, 3]);
    expect(merged[1]?.role).toBe('admin');
  });
});

describe('groupMembers', () => {
  const room = makeRoom({ creatorId: 1, adminIds: [2], memberCount: 1200 });
  const people = [
    person(5, 'Zoë'),
    person(1, 'Mei'),
    person(4, 'adam'),
    person(2, 'Noor'),
    person(3, 'Yara', true),
  ];

  it('puts creator, admins and members in this order, those who are here first, then by name', () => {
    const groups = groupMembers(room, people, '', 'en');
    expect(groups.map(({ role }) => role)).toEqual(['creator', 'admin', 'member']);
    expect(groups[2]?.people.map(({ userName }) => userName)).toEqual(['Yara', 'adam', 'Zoë']);
  });

  it('counts those that are not loaded yet', () => {
    expect(groupMembers(room, people, '', 'en').map(({ count }) => count)).toEqual([1, 1, 1198]);
  });

  it('finds any part of a name, without regard to case and accents, and counts what it found', () => {
    const groups = groupMembers(room, people, 'oe', 'en');
    expect(groups.map(({ role, count }) => [role, count])).toEqual([['member', 1]]);
    expect(groupMembers(room, people, 'AD', 'en')[0]?.people[0]?.userName).toBe('adam');
  });

  it('leaves out groups without anybody', () => {
    expect(
      groupMembers(makeRoom({ creatorId: null, memberCount: 1 }), [person(9, 'Ann')], '', 'en'),
    ).toHaveLength(1);
  });
});
