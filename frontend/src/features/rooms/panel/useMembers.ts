import type { User } from '@banter/client';

import { useMembersQuery } from '@/api/queries';
import { selectUsers } from '@/features/people/slice';
import type { RoomEntry } from '../slice';
import { mergePages } from './members';
import { useMemberPages } from './useMemberPages';

/** A room's people as far as they are loaded: those that the room itself names at once, the others by pages. */
export function useMembers(room: RoomEntry) {
  const byId = useAppSelector(selectUsers);
  const first = useMembersQuery({ id: room.id });
  const pages = useMemberPages(room.id, first.data);

  const people = useMemo(() => {
    const loaded = mergePages(pages.all).map(({ user }) => user.id);
    const isWhole = !pages.isMore && first.data !== undefined;
    const named = [room.creatorId ?? 0, ...room.adminIds, ...(isWhole ? [] : room.memberIds)];
    return [...new Set([...named, ...loaded])].flatMap((id): User[] => (byId[id] ? [byId[id]] : []));
  }, [pages.all, pages.isMore, first.data, byId, room.creatorId, room.adminIds, room.memberIds]);

  return {
    people,
    isMore: pages.isMore,
    loadMore: pages.loadMore,
    error: first.error ?? pages.error,
    retry: () => (first.error ? void first.refetch() : pages.loadMore()),
  };
}
