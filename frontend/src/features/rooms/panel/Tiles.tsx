import { Bell, BellOff, Pin, PinOff, Search, UserPlus } from 'lucide-react';
import type { MouseEvent, ReactNode } from 'react';
import { useNavigate } from 'react-router';

import { selectAsker } from '@/features/account/slice';
import {
  FOR_EVER,
  type RoomSettings,
  roomSettingsChanged,
  selectRoomSettings,
} from '@/features/settings/slice';
import { paths } from '@/lib/paths';
import { openMenu } from '@/ui/menu';
import type { RoomEntry } from '../slice';
import { useMuted } from '../useMuted';
import { can } from './can';

const HOUR_MS = 3_600_000;

/** What is done most with a room. */
export function Tiles({ room, onAdd }: { room: RoomEntry; onAdd: () => void }) {
  const { t } = useTranslation(['panel', 'rooms']);
  const dispatch = useAppDispatch();
  const navigate = useNavigate();
  const me = useAppSelector(selectAsker);
  const settings = useAppSelector((state) => selectRoomSettings(state, room.id));
  const isMuted = useMuted(settings);
  const change = (next: RoomSettings) => dispatch(roomSettingsChanged({ roomId: room.id, change: next }));

  const mute = (event: MouseEvent<HTMLButtonElement>) => {
    const until = (ms: number) => () => change({ mutedUntil: ms === FOR_EVER ? FOR_EVER : Date.now() + ms });
    openMenu({
      label: t('mute'),
      anchor: event.currentTarget,
      items: [
        { id: 'mute1', label: t('rooms:menu.mute1'), onSelect: until(HOUR_MS) },
        { id: 'mute8', label: t('rooms:menu.mute8'), onSelect: until(8 * HOUR_MS) },
        { id: 'muteForEver', label: t('rooms:menu.muteForEver'), onSelect: until(FOR_EVER) },
      ],
    });
  };

  return (
    <div className="grid auto-cols-fr grid-flow-col gap-2">
      {can.manage(room, me) && <Tile icon={<UserPlus />} label={t('add')} onClick={onAdd} />}
      <Tile
        icon={<Search />}
        label={t('search')}
        onClick={() => void navigate(paths.room(room.id, { panel: 'search' }))}
      />
      {isMuted ? (
        <Tile icon={<Bell />} label={t('unmute')} onClick={() => change({ mutedUntil: undefined })} />
      ) : (
        <Tile icon={<BellOff />} label={t('mute')} hasMenu onClick={mute} />
      )}
      {settings.pinned ? (
        <Tile icon={<PinOff />} label={t('unpin')} onClick={() => change({ pinned: undefined })} />
      ) : (
        <Tile icon={<Pin />} label={t('pin')} onClick={() => change({ pinned: true })} />
      )}
    </div>
  );
}

interface TileProps {
  icon: ReactNode;
  label: string;
  hasMenu?: boolean;
  onClick: (event: MouseEvent<HTMLButtonElement>) => void;
}

function Tile({ icon, label, hasMenu, onClick }: TileProps) {
  return (
    <button
      type="button"
      aria-haspopup={hasMenu ? 'menu' : undefined}
      onClick={onClick}
      className="flex min-h-[58px] flex-col items-center justify-center gap-1 rounded-md bg-sunken px-1 py-2 text-xs font-semibold text-fg-2 transition-[background-color,scale] duration-[120ms] hover:bg-selected hover:text-fg active:scale-[0.96]"
    >
      <span aria-hidden className="[&_svg]:size-[19px]">
        {icon}
      </span>
      {label}
    </button>
  );
}
