import type { Member } from '@banter/client';

import type { RoomEntry } from '../slice';

export type Role = Member['role'];

type Roles = Pick<RoomEntry, 'creatorId' | 'adminIds' | 'isDirect'>;

const RANK: Record<Role, number> = { member: 0, admin: 1, creator: 2 };

/** What somebody is in a room that they are a member of. */
export function roleIn(room: Roles, userId: number): Role {
  if (room.creatorId === userId) return 'creator';
  return room.adminIds.includes(userId) ? 'admin' : 'member';
}

const isCreator = (room: Roles, myId: number) => !room.isDirect && roleIn(room, myId) === 'creator';

/** What the user may do with a room. The server decides; this keeps what it would refuse out of sight. */
export const can = {
  /** Name, picture, who may join, and adding people. */
  manage: (room: Roles, myId: number) => !room.isDirect && RANK[roleIn(room, myId)] >= RANK.admin,
  delete: isCreator,
  /** A direct room goes with the friendship. */
  leave: (room: Roles) => !room.isDirect,
  nameAdmin: (room: Roles, myId: number, userId: number) =>
    isCreator(room, myId) && roleIn(room, userId) === 'member',
  handOver: (room: Roles, myId: number, userId: number) => isCreator(room, myId) && userId !== myId,
  remove: (room: Roles, myId: number, userId: number) =>
    can.manage(room, myId) && userId !== myId && RANK[roleIn(room, myId)] > RANK[roleIn(room, userId)],
};
