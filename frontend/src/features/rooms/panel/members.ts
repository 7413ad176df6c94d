import type { Member, User } from '@banter/client';

import { nameMatches, onlineFirst } from '@/features/people/order';
import type { RoomEntry } from '../slice';
import { type Role, roleIn } from './can';

export interface MemberGroup {
  role: Role;
  /** How many there are in the room, loaded or not; of those found while a filter is set. */
  count: number;
  people: User[];
}

type Roles = Pick<RoomEntry, 'creatorId' | 'adminIds' | 'isDirect' | 'memberCount'>;

/** Members of several pages; of somebody who stands on two, the later page is right. */
export function mergePages(pages: readonly (readonly Member[])[]): Member[] {
  const byId = new Map<number, Member>();
  for (const member of pages.flat()) byId.set(member.user.id, member);
  return [...byId.values()];
}

/** Creator, admins and members, those who are here first. Empty groups are left out. */
export function groupMembers(room: Roles, people: User[], filter: string, language: string): MemberGroup[] {
  const shown = filter.trim() ? people.filter((user) => nameMatches(user.userName, filter)) : people;
  const leaders = (room.creatorId ? 1 : 0) + room.adminIds.length;
  const inRoom: Record<Role, number> = {
    creator: room.creatorId ? 1 : 0,
    admin: room.adminIds.length,
    member: Math.max(0, room.memberCount - leaders),
  };
  const roles: Role[] = ['creator', 'admin', 'member'];
  return roles.flatMap((role) => {
    const ofRole = shown.filter((user) => roleIn(room, user.id) === role);
    if (ofRole.length === 0) return [];
    const count = filter.trim() ? ofRole.length : Math.max(inRoom[role], ofRole.length);
    return [{ role, count, people: onlineFirst(ofRole, language) }];
  });
}
