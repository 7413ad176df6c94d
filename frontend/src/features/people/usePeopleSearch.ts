import type { User } from '@banter/client';

import { useFindUsersQuery, useFriendsQuery } from '@/api/queries';
import { selectMyId } from '@/features/account/slice';
import { nameMatches, onlineFirst } from './order';
import { selectUsers } from './slice';
import { useDebounced } from './useDebounced';

const PAUSE_MS = 200;

/** Friends and others for what was typed; without text, all friends. */
export function usePeopleSearch(typed: string) {
  const { i18n } = useTranslation();
  const myId = useAppSelector(selectMyId);
  const byId = useAppSelector(selectUsers);
  const wanted = typed.trim();
  const asked = useDebounced(wanted, PAUSE_MS);
  const friends = useFriendsQuery();
  const found = useFindUsersQuery(asked, { skip: asked === '' });

  return useMemo(() => {
    // What the store knows is newer than any answer.
    const latest = (users: User[] = []) =>
      onlineFirst(
        users.map((user) => byId[user.id] ?? user),
        i18n.language,
      );
    const friendIds = new Set(friends.data?.map((user) => user.id));
    const answer = wanted ? (found.currentData ?? []) : [];
    const inAnswer = new Set(answer.map((user) => user.id));
    const isFound = (user: User) => !wanted || nameMatches(user.userName, wanted) || inAnswer.has(user.id);
    return {
      friends: latest(friends.data).filter(isFound),
      others: latest(answer).filter((user) => user.id !== myId && !friendIds.has(user.id)),
      isLoading: friends.isLoading || (wanted !== '' && (asked !== wanted || found.isFetching)),
      failure: friends.error ?? (wanted ? found.error : undefined),
      retry: () => void (friends.error ? friends.refetch() : found.refetch()),
    };
  }, [friends, found, byId, wanted, asked, myId, i18n.language]);
}
