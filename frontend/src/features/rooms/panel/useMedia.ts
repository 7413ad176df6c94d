import type { SearchHit } from '@banter/client';

import { api } from '@/api/client';
import { type QueryFailure, failureOf } from '@/api/queries';
import { peopleOfMessages, usersMet } from '@/features/people/slice';
import { selectTimeline } from '@/features/timeline/slice';
import type { RoomEntry } from '../slice';
import { type Has, type Shelf, laggingOf, mergeShelves } from './shelves';

export interface Media {
  hits: SearchHit[];
  isLoading: boolean;
  isMore: boolean;
  failure?: QueryFailure;
  loadMore: () => void;
}

interface Found {
  /** Of which question this is the answer. */
  key: string;
  shelves: Shelf[];
  isLoading: boolean;
  failure?: QueryFailure;
}

/** What a room holds of some kinds, newest first, by pages. `kinds` must stay the same object. */
export function useMedia(room: RoomEntry, kinds: readonly Has[], limit: number, words = ''): Media {
  const dispatch = useAppDispatch();
  const newest = useNewestFile(room);
  const timeline = useAppSelector((state) => selectTimeline(state, room.id));
  const key = [room.id, kinds.join(), words, newest].join('|');
  const [found, setFound] = useState<Found>({ key, shelves: [], isLoading: true });

  const load = useCallback(
    async (has: Has, signal: AbortSignal | undefined, cursor?: number): Promise<Shelf> => {
      const q = words || undefined;
      const hits = await api.search({ roomId: room.id, has, q, limit, cursor, signal });
      dispatch(usersMet(peopleOfMessages(hits)));
      return { has, hits, isMore: hits.length >= limit };
    },
    [dispatch, room.id, limit, words],
  );

  useEffect(() => {
    const stop = new AbortController();
    Promise.all(kinds.map((has) => load(has, stop.signal)))
      .then((shelves) => setFound({ key, shelves, isLoading: false }))
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setFound({ key, shelves: [], isLoading: false, failure: failureOf(error) });
      });
    return () => stop.abort();
  }, [key, kinds, load]);

  const isCurrent = found.key === key;
  const lagging = laggingOf(found.shelves);
  const loadMore = () => {
    if (!isCurrent || found.isLoading || !lagging) return;
    setFound({ ...found, isLoading: true, failure: undefined });
    load(lagging.has, undefined, lagging.hits.at(-1)?.id)
      .then((page) =>
        setFound((now) =>
          now.key === key ? { ...now, isLoading: false, shelves: append(now.shelves, page) } : now,
        ),
      )
      .catch((error: unknown) =>
        setFound((now) => (now.key === key ? { ...now, isLoading: false, failure: failureOf(error) } : now)),
      );
  };

  const hits = useMemo(
    // What was recalled since is gone.
    () => mergeShelves(found.shelves).filter(({ seq }) => !timeline?.bySeq[seq]?.isRecalled),
    [found.shelves, timeline],
  );
  return {
    hits,
    isLoading: !isCurrent || found.isLoading,
    isMore: lagging !== undefined,
    failure: isCurrent ? found.failure : undefined,
    loadMore,
  };
}

function append(shelves: Shelf[], page: Shelf): Shelf[] {
  return shelves.map((shelf) =>
    shelf.has === page.has ? { ...page, hits: [...shelf.hits, ...page.hits] } : shelf,
  );
}

/** Id of the newest message with a file since this was opened; 0 before there is one. */
function useNewestFile({ lastMessage }: RoomEntry): number {
  const [newest, setNewest] = useState(0);
  const isFile = lastMessage?.contentType === 'MEDIA_MESSAGE' && !lastMessage.isRecalled;
  if (isFile && lastMessage.id > newest) setNewest(lastMessage.id);
  return newest;
}
