import { useStore } from 'react-redux';

import { api } from '@/api/client';
import type { RootState } from '@/app/store';
import { peopleOfMessages, usersMet } from '@/features/people/slice';
import { selectRoom } from '@/features/rooms/slice';
import { pageLoaded, selectTimeline } from '@/features/timeline/slice';
import { type Gallery, galleryOf, grow, withOlder } from './gallery';

const PAGE = 50;
const KINDS = ['image', 'video'] as const;

interface UseGallery {
  /** What is shown now. */
  seq: number;
  hasOlder: boolean;
  hasNewer: boolean;
  isLoading: boolean;
  /** Goes to the one before or after, and gets it first if need be. */
  go: (by: -1 | 1) => void;
}

/** All pictures and videos of a room, from the one that was opened to both sides. */
export function useGallery(roomId: number, opened: number): UseGallery {
  const [seq, setSeq] = useState(opened);
  const [known, setKnown] = useState<Gallery>(() => galleryOf(opened));
  const [isLoading, setLoading] = useState(false);
  const { load, older } = useLoaders(roomId);
  const store = useStore<RootState>();
  const timeline = useAppSelector((state) => selectTimeline(state, roomId));
  const lastSeq = useAppSelector((state) => selectRoom(state, roomId)?.lastSeq ?? 0);
  const gallery = useMemo(() => grow(known, timeline), [known, timeline]);

  /** Looks page after page until one holds what is searched for. */
  const search = async (by: -1 | 1): Promise<void> => {
    for (let reached = gallery; ;) {
      const found =
        by < 0 ? reached.seqs.findLast((one) => one < seq) : reached.seqs.find((one) => one > seq);
      setKnown(reached);
      if (found !== undefined) return setSeq(found);
      if (by < 0) {
        if (reached.first <= 1) return;
        reached = await older(reached);
      } else if (!(await load({ afterSeq: reached.last }))) {
        return;
      }
      reached = grow(reached, selectTimeline(store.getState(), roomId));
    }
  };

  const go = (by: -1 | 1) => {
    if (isLoading) return;
    setLoading(true);
    search(by)
      // Without a network one looks at what is there.
      .catch(() => undefined)
      .finally(() => setLoading(false));
  };

  const isMissing = !timeline?.bySeq[seq];
  useEffect(() => {
    if (isMissing) load({ aroundSeq: seq }).catch(() => undefined);
  }, [isMissing, load, seq]);

  return {
    seq,
    hasOlder: gallery.first > 1 || gallery.seqs.some((one) => one < seq),
    hasNewer: gallery.last < lastSeq || gallery.seqs.some((one) => one > seq),
    isLoading,
    go,
  };
}

/** Gets messages into the store. */
function useLoaders(roomId: number) {
  const dispatch = useAppDispatch();
  const store = useStore<RootState>();

  const load = useCallback(
    async (place: { afterSeq: number } | { aroundSeq: number }) => {
      const messages = await api.history({ id: roomId, limit: PAGE, ...place });
      dispatch(usersMet(peopleOfMessages(messages)));
      dispatch(pageLoaded({ roomId, messages }));
      return messages.length > 0;
    },
    [dispatch, roomId],
  );

  const older = useCallback(
    async (gallery: Gallery): Promise<Gallery> => {
      const cursor = selectTimeline(store.getState(), roomId)?.bySeq[gallery.first]?.id;
      const pages = await Promise.all(
        KINDS.map(async (has) => {
          const messages = await api.search({ roomId, has, cursor, limit: PAGE });
          return { messages, isFull: messages.length === PAGE };
        }),
      );
      const messages = pages.flatMap((page) => page.messages);
      dispatch(usersMet(peopleOfMessages(messages)));
      dispatch(pageLoaded({ roomId, messages }));
      return withOlder(gallery, pages);
    },
    [dispatch, roomId, store],
  );

  return { load, older };
}
