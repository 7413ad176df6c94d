import type { Member } from '@banter/client';

import { MEMBERS_PAGE, type QueryFailure, queries } from '@/api/queries';

/** Pages of members after the first one, each loaded when somebody scrolls so far. */
export function useMemberPages(roomId: number, first: Member[] | undefined) {
  const [ask] = queries.useLazyMembersQuery();
  const [state, setState] = useState<{ first: Member[] | undefined; later: Member[][] }>({
    first,
    later: [],
  });
  const [error, setError] = useState<QueryFailure>();
  const isAsking = useRef(false);

  // A new first page: somebody came or went, so the later ones are asked for anew as well.
  if (state.first !== first) setState({ first, later: [] });

  const all = useMemo(() => (first ? [first, ...state.later] : []), [first, state.later]);
  const last = all.at(-1);
  const isMore = last !== undefined && last.length >= MEMBERS_PAGE;

  const loadMore = useCallback(() => {
    const cursor = last?.at(-1)?.user.id;
    if (!isMore || cursor === undefined || isAsking.current) return;
    isAsking.current = true;
    void ask({ id: roomId, cursor }).then((answer) => {
      isAsking.current = false;
      setError(answer.error as QueryFailure | undefined);
      const page = answer.data;
      if (page) setState((now) => (now.first === first ? { first, later: [...now.later, page] } : now));
    });
  }, [ask, roomId, last, isMore, first]);

  return { all, isMore, loadMore, error };
}
