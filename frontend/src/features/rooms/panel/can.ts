import type { Member, Profile } from '@banter/client';

import type { RoomEntry } from '../slice';

export type Role = Member['role'];

type Roles = Pick<RoomEntry, 'creatorId' | 'adminIds' | 'isDirect'>;

/** The user, as far as it matters for what they may do. */
export type Asker = Pick<Profile, 'id' | 'permission'>;

const RANK: Record<Role, number> = { member: 0, admin: 1, creator: 2 };

/** What somebody is in a room that they are a member of. */
export function roleIn(room: Roles, userId: number): Role {
  if (room.creatorId === userId) return 'creator';
  return room.adminIds.includes(userId) ? 'admin' : 'member';
}

/** What the user's word counts for. Nobody owns the lobby: the server's admins look after it. */
function rankIn(room: Roles, me: Asker): number {
  const isOwnerless = room.creatorId === null && !room.isDirect;
  return Math.max(RANK[roleIn(room, me.id)], isOwnerless && me.permission === 'admin' ? RANK.admin : 0);
}

/** Whether the user's word counts for more than that of somebody else; of nobody for former members. */
export const ranksAbove = (room: Roles, me: Asker, userId: number | null) =>
  rankIn(room, me) > (userId === null ? RANK.member : RANK[roleIn(room, userId)]);

const isCreator = (room: Roles, me: Asker) => !room.isDirect && roleIn(room, me.id) === 'creator';

/** What the user may do with a room. The server decides; this keeps what it would refuse out of sight. */
export const can = {
  /** Name, picture, who may join, and adding people. */
  manage: (room: Roles, me: Asker) => !room.isDirect && rankIn(room, me) >= RANK.admin,
  delete: isCreator,
  /** A direct room goes with the friendship. */
  leave: (room: Roles) => !room.isDirect,
  nameAdmin: (room: Roles, me: Asker, userId: number) =>
    isCreator(room, me) && roleIn(room, userId) === 'member',
  handOver: (room: Roles, me: Asker, userId: number) => isCreator(room, me) && userId !== me.id,
  remove: (room: Roles, me: Asker, userId: number) =>
    can.manage(room, me) && userId !== me.id && ranksAbove(room, me, userId),
};
