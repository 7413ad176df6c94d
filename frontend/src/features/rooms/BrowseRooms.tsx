import { Compass } from 'lucide-react';
import { useNavigate } from 'react-router';

import { OPEN_ROOMS_PAGE, useOpenRoomsQuery } from '@/api/queries';
import { useFailureText } from '@/features/account/useFailureText';
import { FindField } from '@/features/people/FindField';
import { useDebounced } from '@/features/people/useDebounced';
import { layerOpened } from '@/features/shell/slice';
import { paths } from '@/lib/paths';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Empty } from '@/ui/Empty';
import { OpenRoomRow } from './OpenRoomRow';

const PAUSE_MS = 200;

/** The rooms of this server that anybody may join. */
export default function BrowseRooms({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['rooms', 'common']);
  const navigate = useNavigate();
  const failureText = useFailureText();
  const [query, setQuery] = useState('');
  const asked = useDebounced(query.trim(), PAUSE_MS);
  // The rooms before stay until the new ones are there.
  const { data: rooms, error, refetch } = useOpenRoomsQuery(asked, { refetchOnMountOrArgChange: true });

  const open = (id: number) => {
    onClose();
    void navigate(paths.room(id));
  };

  const body = () => {
    if (error) {
      return (
        <div role="alert" className="flex flex-col items-start gap-3 py-2 text-md text-fg-2">
          {failureText(error)}
          <Button look="quiet" onClick={() => void refetch()}>
            {t('browse.retry')}
          </Button>
        </div>
      );
    }
    if (!rooms) return <div aria-busy className="min-h-48" />;
    if (rooms.length === 0) return <NoOpenRooms isSearching={asked !== ''} />;
    return (
      <ul aria-label={t('browse.list')} className="-mx-2">
        {rooms.map((room) => (
          <OpenRoomRow key={room.id} room={room} onOpen={() => open(room.id)} />
        ))}
      </ul>
    );
  };

  return (
    <Dialog isOpen onClose={onClose} title={t('browseRooms')} text={t('browse.text')} size="lg">
      <div className="flex min-h-[min(420px,60dvh)] flex-col">
        <FindField
          label={t('browse.find')}
          value={query}
          onChange={setQuery}
          autoFocus
          className="mb-3 shrink-0"
        />
        {body()}
        {rooms && rooms.length >= OPEN_ROOMS_PAGE && (
          <p className="pt-2 text-sm text-fg-3">{t('browse.more', { shown: rooms.length })}</p>
        )}
      </div>
    </Dialog>
  );
}

function NoOpenRooms({ isSearching }: { isSearching: boolean }) {
  const { t } = useTranslation('rooms');
  const dispatch = useAppDispatch();
  return (
    <Empty
      icon={<Compass />}
      title={t(isSearching ? 'browse.noMatch' : 'browse.none')}
      text={t(isSearching ? 'browse.noMatchText' : 'browse.noneText')}
    >
      <Button look="quiet" onClick={() => dispatch(layerOpened('new-room'))}>
        {t('newRoom')}
      </Button>
    </Empty>
  );
}
