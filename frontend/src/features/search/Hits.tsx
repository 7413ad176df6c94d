import type { SearchHit } from '@banter/client';

import { selectDevice } from '@/features/settings/slice';
import { dayLabel, daysAgo } from '@/lib/format';
import { HitRow } from './HitRow';

interface Props {
  hits: SearchHit[];
  words: string;
  showsRooms: boolean;
  /** Of the message that the conversation stands at. */
  current: { roomId?: number; seq?: number };
  isMore: boolean;
  onMore: () => void;
  onOpen: (hit: SearchHit) => void;
  /** Arrow up on the first one. */
  onLeave: () => void;
}

/** What was found, newest first, by day. One stop for Tab, arrows inside. */
export function Hits({ hits, words, showsRooms, current, isMore, onMore, onOpen, onLeave }: Props) {
  const days = useDays(hits);
  const [stop, setStop] = useState<number>();
  const stopId = hits.some(({ id }) => id === stop) ? stop : hits[0]?.id;

  const move = (event: React.KeyboardEvent<HTMLDivElement>) => {
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-hit]')];
    const here = rows.findIndex((row) => row === document.activeElement);
    const next = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (next < 0) onLeave();
    else rows[next]?.focus();
  };

  return (
    // The rows are the controls; their list only passes the focus on.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={move} className="px-2 pb-4">
      {days.map(({ day, label, hits: ofDay }) => (
        <section key={day} aria-label={label}>
          <h3 className="px-2.5 pt-3 pb-1 text-xs font-semibold text-fg-3">{label}</h3>
          <ol>
            {ofDay.map((hit) => (
              <li key={hit.id}>
                <HitRow
                  hit={hit}
                  words={words}
                  showsRoom={showsRooms}
                  isCurrent={hit.roomId === current.roomId && hit.seq === current.seq}
                  isStop={hit.id === stopId}
                  onOpen={() => onOpen(hit)}
                  onFocus={() => setStop(hit.id)}
                />
              </li>
            ))}
          </ol>
        </section>
      ))}
      {isMore && <End key={hits.length} onSeen={onMore} />}
    </div>
  );
}

interface Day {
  /** Days ago. */
  day: number;
  label: string;
  hits: SearchHit[];
}

function useDays(hits: SearchHit[]): Day[] {
  const { t } = useTranslation('search');
  const { language } = useAppSelector(selectDevice);
  const [now] = useState(() => Date.now());
  return useMemo(() => {
    const days = new Map<number, Day>();
    for (const hit of hits) {
      const day = daysAgo(hit.createdAt, now);
      const label =
        day === 0 ? t('today') : day === 1 ? t('yesterday') : dayLabel(hit.createdAt, now, language);
      const known = days.get(day);
      if (known) known.hits.push(hit);
      else days.set(day, { day, label, hits: [hit] });
    }
    return [...days.values()];
  }, [hits, now, language, t]);
}

/** How far before the end the next page is asked for. */
const AHEAD = '400px';

/** The end of what is loaded. */
function End({ onSeen }: { onSeen: () => void }) {
  const { t } = useTranslation('search');
  const ref = useRef<HTMLButtonElement>(null);
  const seen = useRef(onSeen);
  useEffect(() => {
    seen.current = onSeen;
  });
  useEffect(() => {
    const end = ref.current;
    if (!end) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) seen.current();
      },
      { rootMargin: AHEAD },
    );
    observer.observe(end);
    return () => observer.disconnect();
  }, []);
  return (
    <button
      ref={ref}
      type="button"
      onClick={onSeen}
      className="mt-1 h-9 w-full rounded-md text-sm font-semibold text-accent-text hover:bg-hover coarse:h-11"
    >
      {t('more')}
    </button>
  );
}
