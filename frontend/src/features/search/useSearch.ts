import type { SearchHit } from '@banter/client';

import { api } from '@/api/client';
import { type QueryFailure, failureOf } from '@/api/queries';
import type { AppThunk } from '@/app/store';
import { peopleOfMessages, usersMet } from '@/features/people/slice';
import { lookupIn } from './lookup';
import { parseQuery } from './query';
import { type Problem, type SearchRequest, resolveQuery } from './resolve';

/** Hits of one page. */
const PAGE = 30;
/** Who types on within this time asks one question and not two, in milliseconds. */
const PAUSE_MS = 200;

interface Found {
  /** Of which question this is the answer. */
  key: string;
  request: SearchRequest;
  hits: SearchHit[];
  isMore: boolean;
  problem?: Problem;
  failure?: QueryFailure;
}

const NOTHING: Found = { key: '', request: {}, hits: [], isMore: false };

export interface Search extends Omit<Found, 'key'> {
  /** True when there is something to find. */
  isAsked: boolean;
  /** True until the answer to what stands in the field is there. `hits` are those of the question before. */
  isLoading: boolean;
  /** What to find, without filters. */
  words: string;
  hasFilters: boolean;
  loadMore: () => void;
  retry: () => void;
}

function search(
  request: SearchRequest,
  signal: AbortSignal,
  cursor?: number,
): AppThunk<Promise<SearchHit[]>> {
  return async (dispatch) => {
    const hits = await api.search({ ...request, limit: PAGE, cursor, signal });
    dispatch(usersMet(peopleOfMessages(hits)));
    return hits;
  };
}

/** Finds messages while somebody types; a newer question cancels the older one. */
export function useSearch(text: string, roomId: number | undefined): Search {
  const dispatch = useAppDispatch();
  const [found, setFound] = useState(NOTHING);
  const [attempt, setAttempt] = useState(0);
  const [isLoadingMore, setLoadingMore] = useState(false);
  const { words, tokens } = useMemo(() => parseQuery(text), [text]);
  const filled = tokens.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]);
  const isAsked = words !== '' || filled.length > 0;
  const key = isAsked ? JSON.stringify([words, filled, roomId, attempt]) : '';
  const question = useRef<AbortController>(null);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    question.current = controller;
    const ask = async () => {
      const answer = { ...NOTHING, key };
      try {
        const resolved = await dispatch((_dispatch, getState) =>
          resolveQuery(parseQuery(text), lookupIn(getState(), roomId)),
        );
        if (resolved && 'problem' in resolved) answer.problem = resolved.problem;
        else if (resolved) {
          answer.request = resolved.request;
          answer.hits = await dispatch(search(resolved.request, signal));
          answer.isMore = answer.hits.length === PAGE;
        }
      } catch (error) {
        answer.failure = failureOf(error);
      }
      if (!signal.aborted) setFound(answer);
    };
    const timer = setTimeout(() => void ask(), key ? PAUSE_MS : 0);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
    // The key says all that matters of the text.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, dispatch]);

  const loadMore = useCallback(() => {
    const signal = question.current?.signal;
    const last = found.hits.at(-1);
    if (!found.isMore || isLoadingMore || found.key !== key || !last || !signal) return;
    setLoadingMore(true);
    dispatch(search(found.request, signal, last.id))
      .then(
        (hits) => {
          if (signal.aborted) return;
          setFound((before) => ({
            ...before,
            hits: [...before.hits, ...hits],
            isMore: hits.length === PAGE,
          }));
        },
        (error: unknown) => {
          if (!signal.aborted)
            setFound((before) => ({ ...before, isMore: false, failure: failureOf(error) }));
        },
      )
      .finally(() => setLoadingMore(false));
  }, [dispatch, found, isLoadingMore, key]);

  return {
    ...found,
    isAsked,
    isLoading: isAsked && found.key !== key,
    words,
    hasFilters: filled.length > 0,
    loadMore,
    retry: () => setAttempt(attempt + 1),
  };
}
