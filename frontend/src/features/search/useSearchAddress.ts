import type { SearchHit } from '@banter/client';
import { useNavigate, useSearchParams } from 'react-router';

import { paths } from '@/lib/paths';

export type Scope = 'room' | 'all';

/** Typing rests this long before it goes into the address: browsers refuse too many changes, in milliseconds. */
const REST_MS = 300;
/** On phones the list covers the conversation. */
const NARROW = '(width < 640px)';

/** What is searched for and where, as it stands in the address. */
export function useSearchAddress(roomId: number | undefined) {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const q = params.get('q') ?? '';
  const at = Number(params.get('at')) || undefined;
  const scope: Scope = !roomId || params.get('scope') === 'all' ? 'all' : 'room';

  const [text, setText] = useState(q);
  // What stood in the address last, and what this page wrote there that did not show yet, since the address changes
  // after the keys do: anything else comes from Back or a link.
  const [seen, setSeen] = useState(q);
  const [written, setWritten] = useState<string[]>([]);
  if (q !== seen) {
    setSeen(q);
    const at = written.indexOf(q);
    setWritten(at < 0 ? [] : written.slice(at + 1));
    if (at < 0) setText(q);
  }

  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);

  const write = useCallback(
    (next: Scope) => {
      // Whoever writes now says more than the typing that rests, and must not be overtaken by it.
      clearTimeout(rest.current);
      if (text !== q) setWritten((before) => [...before, text]);
      const place = { panel: 'search', q: text, scope: next === 'all' ? 'all' : undefined } as const;
      void navigate(
        roomId ? paths.room(roomId, { ...place, at }) : paths.home({ ...place, scope: undefined }),
        {
          replace: true,
        },
      );
    },
    [navigate, roomId, at, text, q],
  );

  useEffect(() => {
    if (text === q) return;
    rest.current = setTimeout(() => write(scope), REST_MS);
    return () => clearTimeout(rest.current);
  }, [text, q, scope, write]);

  /** Goes to a hit. The list stays open where there is room for both. */
  const jump = (hit: SearchHit) => {
    if (text !== q) write(scope);
    const list = matchMedia(NARROW).matches
      ? {}
      : ({ panel: 'search', q: text, scope: scope === 'all' ? 'all' : undefined } as const);
    void navigate(paths.room(hit.roomId, { at: hit.seq, ...list }));
  };

  return { text, setText, scope, setScope: write, at, jump };
}
