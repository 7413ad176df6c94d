import { MessagesSquare } from 'lucide-react';
import { useParams, useSearchParams } from 'react-router';

import { Conversation } from '@/features/timeline/Conversation';
import { RoomList } from '@/features/rooms/RoomList';
import { useShownRoom } from '@/features/rooms/face';
import { selectRoomsLoaded } from '@/features/rooms/slice';
import type { Panel } from '@/lib/paths';
import { Button } from '@/ui/Button';
import { Empty } from '@/ui/Empty';
import { Frame } from './Frame';
import { SidePanelPlace } from './SidePanel';
import { layerOpened } from './slice';

const NotMember = lazy(() => import('@/features/rooms/NotMember'));
const RoomPanel = lazy(() => import('@/features/rooms/panel/RoomPanel'));
const SearchPanel = lazy(() => import('@/features/search/SearchPanel'));

/** Rooms, the open one, and what stands beside it. */
export function ChatPage() {
  const roomId = Number(useParams().roomId ?? 0);
  const [query] = useSearchParams();
  const panel = query.get('panel') as Panel | null;
  const room = useShownRoom(roomId);
  const isLoaded = useAppSelector(selectRoomsLoaded);

  useFocusBack(panel !== null);

  const main = () => {
    if (!roomId) return <NothingOpen />;
    if (room) return <Conversation key={room.id} room={room} />;
    const wait = <main className="flex-1" aria-busy />;
    if (!isLoaded) return wait;
    return (
      <Suspense fallback={wait}>
        <NotMember key={roomId} roomId={roomId} />
      </Suspense>
    );
  };

  const side = () => {
    if (panel === 'search') return <SearchPanel key="search" roomId={roomId || undefined} />;
    return panel && room ? <RoomPanel room={room} panel={panel} /> : null;
  };

  const beside = side();

  return (
    <Frame
      shows={roomId || panel ? 'main' : 'list'}
      list={<RoomList openId={roomId} />}
      main={main()}
      panel={beside && <Suspense fallback={<SidePanelPlace />}>{beside}</Suspense>}
    />
  );
}

/** Gives the focus back when the panel closes, unless something else has it by then. */
function useFocusBack(isOpen: boolean) {
  const before = useRef<Element>(null);
  useLayoutEffect(() => {
    if (!isOpen) return;
    before.current = document.activeElement;
    return () => {
      requestAnimationFrame(() => {
        const isLost = !document.activeElement || document.activeElement === document.body;
        if (isLost && before.current instanceof HTMLElement) before.current.focus();
      });
    };
  }, [isOpen]);
}

function NothingOpen() {
  const { t } = useTranslation('shell');
  const dispatch = useAppDispatch();
  return (
    <main className="flex flex-1">
      <Empty icon={<MessagesSquare />} title={t('nothingOpen')} text={t('nothingOpenText')}>
        <Button look="quiet" onClick={() => dispatch(layerOpened('switcher'))}>
          {t('findRoom')}
        </Button>
      </Empty>
    </main>
  );
}
