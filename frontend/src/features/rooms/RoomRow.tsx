import clsx from 'clsx';
import type { TFunction } from 'i18next';
import { AtSign, BellOff, Ellipsis } from 'lucide-react';
import { Link } from 'react-router';

import { selectRoomSettings } from '@/features/settings/slice';
import { shortTime } from '@/lib/format';
import { paths } from '@/lib/paths';
import { Avatar } from '@/ui/Avatar';
import { Badge } from '@/ui/Badge';
import { IconButton } from '@/ui/IconButton';
import type { Face } from './face';
import { activityOf, isUnread } from './order';
import { RowPreview } from './RowPreview';
import type { RoomEntry } from './slice';
import { useLongPress } from '@/lib/useLongPress';
import { useMuted } from './useMuted';

type Translate = TFunction<'rooms'>;
export type OpenRoomMenu = (room: RoomEntry, anchor: HTMLElement, point?: { x: number; y: number }) => void;

interface Props {
  room: RoomEntry;
  face: Face;
  isOpen: boolean;
  /** The one row that Tab reaches. */
  isTabStop: boolean;
  isCompact: boolean;
  /** When the reader's day began. */
  today: number;
  onMenu: OpenRoomMenu;
}

/** A room in the list: who, when, what was said last, and what waits. */
export const RoomRow = memo(function RoomRow({
  room,
  face,
  isOpen,
  isTabStop,
  isCompact,
  today,
  onMenu,
}: Props) {
  const { t, i18n } = useTranslation('rooms');
  const link = useRef<HTMLAnchorElement>(null);
  const settings = useAppSelector((state) => selectRoomSettings(state, room.id));
  const isMuted = useMuted(settings);
  const isMarked = settings.unreadFrom !== undefined;
  const isBold = isUnread(room, settings);
  const longPress = useLongPress((point) => link.current && onMenu(room, link.current, point));
  const id = useId();
  const time = shortTime(activityOf(room), today, i18n.language, t('yesterday'));

  return (
    <div className="group/row relative px-2">
      <Link
        ref={link}
        to={paths.room(room.id)}
        data-room={room.id}
        tabIndex={isTabStop ? 0 : -1}
        draggable={false}
        aria-current={isOpen ? 'page' : undefined}
        aria-labelledby={`${id}-name ${id}-waits`}
        aria-describedby={`${id}-time ${id}-last ${id}-more`}
        onContextMenu={(event) => {
          event.preventDefault();
          onMenu(room, event.currentTarget, { x: event.clientX, y: event.clientY });
        }}
        {...longPress}
        className={clsx(
          'focus-inside flex h-16 items-center gap-3 rounded-md px-2.5 transition-colors duration-[120ms] select-none [-webkit-touch-callout:none] compact:h-13',
          isOpen ? 'bg-selected' : 'hover:bg-hover',
        )}
      >
        <Avatar
          {...face}
          size={isCompact ? 36 : 44}
          ring={isOpen ? 'border-selected' : 'border-surface group-hover/row:border-hover'}
        />
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="flex items-center gap-1.5">
            <span
              id={`${id}-name`}
              dir="auto"
              className={clsx('truncate text-md', isBold ? 'font-bold' : 'font-medium')}
            >
              {face.name}
            </span>
            {isMuted && <BellOff aria-hidden size={14} className="shrink-0 text-fg-3" />}
            <span
              // Another time is another element, and doesn't move the one of before.
              key={time}
              id={`${id}-time`}
              className={clsx(
                'ml-auto shrink-0 pl-1 text-xs tabular-nums can-hover:group-hover/row:invisible',
                isBold && !isMuted ? 'font-semibold text-accent-text' : 'text-fg-3',
              )}
            >
              {time}
            </span>
          </span>
          <span className="flex items-center gap-1.5">
            <span
              id={`${id}-last`}
              className="min-w-0 flex-1 truncate text-sm text-fg-3 [text-autospace:no-autospace]"
            >
              <RowPreview room={room} isOpen={isOpen} />
            </span>
            <Signs room={room} isMuted={isMuted} isMarked={isMarked} />
          </span>
        </span>
        <span className="sr-only">
          <span id={`${id}-waits`}>{waitsOf(room, isMarked, t)}</span>
          <span id={`${id}-more`}>{moreOf(face, isMuted, t)}</span>
        </span>
      </Link>
      <IconButton
        size="sm"
        // The keyboard has Shift+F10 for the same.
        tabIndex={-1}
        label={t('menu', { name: face.name })}
        icon={<Ellipsis aria-hidden size={18} />}
        onClick={(event) => onMenu(room, event.currentTarget)}
        className="pointer-events-none absolute top-1.5 right-3.5 opacity-0 compact:top-0.5 can-hover:group-hover/row:pointer-events-auto can-hover:group-hover/row:opacity-100"
      />
    </div>
  );
});

/** What waits, for the eye. */
function Signs({ room, isMuted, isMarked }: { room: RoomEntry; isMuted: boolean; isMarked: boolean }) {
  return (
    // No box of its own, which would grow to the left.
    <span aria-hidden className="contents">
      {room.mentions.length > 0 && (
        <span className="flex size-5 items-center justify-center rounded-full bg-signal text-signal-fg">
          <AtSign size={12} strokeWidth={2.6} />
        </span>
      )}
      {room.unreadCount === 0 && isMarked && (
        <span className={clsx('mx-1 size-3 rounded-full', isMuted ? 'bg-line-strong' : 'bg-accent')} />
      )}
      <Badge count={room.unreadCount} isQuiet={isMuted} />
    </span>
  );
}

/** The same in words. */
function waitsOf(room: RoomEntry, isMarked: boolean, t: Translate): string {
  return [
    room.unreadCount > 0 && t('unread', { count: room.unreadCount }),
    room.unreadCount === 0 && isMarked && t('markedUnread'),
    room.mentions.length > 0 && t('mentioned'),
  ]
    .filter(Boolean)
    .join(', ');
}

function moreOf(face: Face, isMuted: boolean, t: Translate): string {
  return [face.presence === 'online' && t('online'), isMuted && t('muted')].filter(Boolean).join(', ');
}
