import { ArrowLeft, Ellipsis, PanelRight, Search } from 'lucide-react';
import { Link, useNavigate, useSearchParams } from 'react-router';

import { hintOf } from '@/features/keyboard/keys';
import { selectMyId } from '@/features/account/slice';
import { selectUser, selectUsers } from '@/features/people/slice';
import { PresenceLine } from '@/features/people/PresenceLine';
import { HandOverHint } from '@/features/rooms/HandOverHint';
import { useLeave } from '@/features/rooms/useLeave';
import { useRoomMenu } from '@/features/rooms/useRoomMenu';
import { type RoomEntry, otherOf } from '@/features/rooms/slice';
import { type Panel, paths } from '@/lib/paths';
import { Avatar } from '@/ui/Avatar';
import { IconButton } from '@/ui/IconButton';

/** Which room this is, who is in it, and the ways to its panels. */
export function RoomHeader({ room }: { room: RoomEntry }) {
  const { t } = useTranslation('timeline');
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const panel = query.get('panel');
  const { leave, handOver, closeHandOver } = useLeave(room.id);
  const openMenu = useRoomMenu(leave);
  const toggle = (wanted: Panel) =>
    void navigate(paths.room(room.id, panel === wanted ? {} : { panel: wanted }));

  return (
    <header
      data-region
      tabIndex={-1}
      aria-label={t('header')}
      className="flex h-15 shrink-0 items-center gap-1 border-b border-line bg-surface pr-2 pl-2 focus-visible:-outline-offset-2 sm:pl-5 lg:h-16"
    >
      <Link
        to={paths.home()}
        aria-label={t('backToRooms')}
        className="flex size-11 shrink-0 items-center justify-center rounded-md text-fg-2 sm:hidden"
      >
        <ArrowLeft aria-hidden size={21} />
      </Link>
      <Link
        to={paths.room(room.id, { panel: 'details' })}
        className="flex min-w-0 flex-1 items-center gap-3 rounded-md py-1 pr-2"
      >
        <RoomFace room={room} />
        <span className="min-w-0">
          <span role="heading" aria-level={1} className="block truncate text-title font-bold">
            <bdi>{room.name}</bdi>
          </span>
          <Subtitle room={room} />
        </span>
      </Link>
      <IconButton
        label={t('searchRoom')}
        keys={hintOf('searchRoom')}
        isActive={panel === 'search'}
        icon={<Search aria-hidden size={20} strokeWidth={1.9} />}
        onClick={() => toggle('search')}
      />
      <IconButton
        label={t('details')}
        keys={hintOf('panel')}
        aria-pressed={panel === 'details'}
        isActive={panel === 'details'}
        className="max-sm:hidden"
        icon={<PanelRight aria-hidden size={20} strokeWidth={1.9} />}
        onClick={() => toggle('details')}
      />
      <IconButton
        label={t('roomMenu')}
        aria-haspopup="menu"
        icon={<Ellipsis aria-hidden size={20} strokeWidth={1.9} />}
        onClick={(event) => openMenu(room, event.currentTarget)}
      />
      <HandOverHint room={handOver} onClose={closeHandOver} />
    </header>
  );
}

function RoomFace({ room }: { room: RoomEntry }) {
  const myId = useAppSelector(selectMyId);
  const other = useAppSelector((state) => selectUser(state, otherOf(room, myId)));
  return (
    <Avatar
      id={other?.id ?? room.id}
      name={room.name}
      image={room.image}
      size={36}
      shape={room.isDirect ? 'person' : 'group'}
      presence={room.isDirect && other?.online ? 'online' : null}
    />
  );
}

function Subtitle({ room }: { room: RoomEntry }) {
  const { t } = useTranslation(['timeline', 'rooms']);
  const myId = useAppSelector(selectMyId);
  const users = useAppSelector(selectUsers);
  const other = otherOf(room, myId);
  if (other) return <PresenceLine userId={other} />;
  const ids = [room.creatorId, ...room.adminIds, ...room.memberIds];
  // The server may not have noticed the reader yet.
  const online = ids.filter((id) => id && (id === myId || users[id]?.online)).length;
  return (
    <span className="flex items-center gap-1.5 truncate text-xs text-fg-3">
      {t('rooms:members', { count: room.memberCount })}
      {online > 0 && (
        <>
          <span aria-hidden className="size-2 rounded-full bg-online" />
          {t('online', { count: online })}
        </>
      )}
    </span>
  );
}
