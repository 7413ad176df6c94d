import { MessageSquareText } from 'lucide-react';
import { useNavigate } from 'react-router';

import { roomSettingsChanged, selectRoomSettings } from '@/features/settings/slice';
import { layerOpened } from '@/features/shell/slice';
import { paths } from '@/lib/paths';
import { Button } from '@/ui/Button';
import { FilterChips } from './FilterChips';
import { HandOverHint } from './HandOverHint';
import { ListHead } from './ListHead';
import { ListResizer } from './ListResizer';
import { ListSkeleton } from './ListSkeleton';
import { NoMatch, NoneOfKind, NoRooms } from './NoRows';
import { Rows, type RowsHandle } from './Rows';
import { SearchField } from './SearchField';
import { selectRoomsLoaded } from './slice';
import { useHold } from './useHold';
import { useLeave } from './useLeave';
import { type Filter, useListedRooms } from './useListedRooms';
import { useRoomMenu } from './useRoomMenu';

/** All rooms of the user: what is new, what is pinned, and a way to find each. */
export function RoomList({ openId }: { openId: number }) {
  const { t } = useTranslation('rooms');
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const isLoaded = useAppSelector(selectRoomsLoaded);
  const [query, setQuery] = useState('');
  const [filter, setFilter] = useState<Filter>('all');
  const { held, show, holdProps } = useHold();
  const listed = useListedRooms({ query, filter, openId, held });
  const { leave, handOver, closeHandOver } = useLeave(openId);
  const onMenu = useRoomMenu(leave);
  const rows = useRef<RowsHandle>(null);
  useUnmarkOpened(openId);

  const { pinned, recent } = listed;
  useEffect(() => show([...pinned, ...recent].map(({ id }) => id)), [pinned, recent, show]);
  const first = pinned[0] ?? recent[0];
  const isSearching = query.trim() !== '';

  const searchMessages = () => void navigate(searchPath(openId, query.trim()));
  const submit = () => {
    if (!isSearching) return;
    if (!first) return searchMessages();
    setQuery('');
    void navigate(paths.room(first.id));
  };
  const searchButton = (
    <Button
      look={first ? 'plain' : 'filled'}
      icon={<MessageSquareText aria-hidden size={17} />}
      onClick={searchMessages}
      className="mx-2 min-w-0 shrink-0 [&>span]:truncate"
    >
      <span>{t('searchMessages', { query: query.trim() })}</span>
    </Button>
  );

  const body = () => {
    if (!isLoaded) return <ListSkeleton />;
    if (listed.total === 0) return <NoRooms />;
    if (!first && isSearching) {
      return <NoMatch onBrowse={() => dispatch(layerOpened('browse-rooms'))}>{searchButton}</NoMatch>;
    }
    if (!first && filter !== 'all') return <NoneOfKind filter={filter} />;
    return (
      <>
        <Rows
          ref={rows}
          sections={listed}
          hasTitles={!isSearching}
          faces={listed.faces}
          openId={openId}
          onMenu={onMenu}
          holdProps={holdProps}
        />
        {isSearching && <div className="flex shrink-0 border-t border-line py-1.5">{searchButton}</div>}
      </>
    );
  };

  return (
    <nav
      aria-label={t('region')}
      aria-busy={!isLoaded}
      data-region
      tabIndex={-1}
      className="relative flex min-h-0 flex-1 flex-col focus-visible:outline-none"
    >
      <ListHead />
      <SearchField
        value={query}
        onChange={setQuery}
        onSubmit={submit}
        onDown={() => rows.current?.focusFirst()}
      />
      <FilterChips value={filter} onChange={setFilter} unread={listed.unread} />
      {body()}
      <ListResizer />
      <HandOverHint room={handOver} onClose={closeHandOver} />
    </nav>
  );
}

function searchPath(openId: number, q: string): string {
  const place = { panel: 'search', q, scope: 'all' } as const;
  return openId ? paths.room(openId, place) : paths.home(place);
}

/** A room that was marked unread by hand is read when it is opened. Marking the open one holds until it is opened anew. */
function useUnmarkOpened(openId: number) {
  const dispatch = useAppDispatch();
  const isMarked = useAppSelector((state) => selectRoomSettings(state, openId).unreadFrom !== undefined);
  const wasOpened = useRef(0);
  useEffect(() => {
    if (wasOpened.current !== openId && isMarked) {
      dispatch(roomSettingsChanged({ roomId: openId, change: { unreadFrom: undefined } }));
    }
    wasOpened.current = openId;
  }, [openId, isMarked, dispatch]);
}
