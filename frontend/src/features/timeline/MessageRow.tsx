import clsx from 'clsx';

import { selectUser } from '@/features/people/slice';
import type { RoomEntry } from '@/features/rooms/slice';
import { openPerson } from '@/features/people/openPerson';
import { clock, fullTime } from '@/lib/format';
import { toneOf } from '@/lib/identity';
import { Avatar } from '@/ui/Avatar';
import { ActionBar } from './ActionBar';
import { Bubble } from './Bubble';
import { Notice } from './Notice';
import { Reactions } from './Reactions';
import { Receipt } from './Receipt';
import type { Row } from './rows';
import { RowLines } from './RowLines';
import { useMessageMenu } from './useMessageMenu';
import { useRowSentence } from './useRowSentence';
import { rowId } from './useRowKeys';

interface Props {
  row: Row;
  room: RoomEntry;
  /** Unread messages that begin with this one. */
  newCount: number;
  isHighlighted: boolean;
  isTabStop: boolean;
  onFocused: (key: string) => void;
  onJump: (seq: number) => void;
}

/** One message with all that belongs to it, in the column of the conversation. */
export const MessageRow = memo(function MessageRow({
  row,
  room,
  newCount,
  isHighlighted,
  isTabStop,
  onFocused,
  onJump,
}: Props) {
  const sentence = useRowSentence(row);
  const [isActive, setActive] = useState(false);
  const element = useRef<HTMLElement>(null);
  const menu = useMessageMenu(room, row, element);
  const { message } = row;

  return (
    <div className="mx-auto w-full max-w-[820px] px-3 sm:px-6">
      <RowLines row={row} newCount={newCount} />
      {/* The messages of a log are one stop of the Tab key, with arrows inside. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <article
        ref={element}
        id={rowId(row.key)}
        data-row=""
        data-seq={message?.seq}
        aria-label={sentence}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={isTabStop ? 0 : -1}
        onFocus={(event) => {
          if (event.target === event.currentTarget) onFocused(row.key);
          setActive(true);
        }}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) setActive(false);
        }}
        onPointerEnter={(event) => event.pointerType === 'mouse' && setActive(true)}
        onPointerLeave={(event) => {
          if (!event.currentTarget.contains(document.activeElement)) setActive(false);
        }}
        onKeyDown={menu.onKeyDown}
        onContextMenu={menu.onContextMenu}
        {...menu.onLongPress}
        className={clsx(
          'focus-inside relative flex gap-2.5 rounded-md coarse:select-none coarse:[-webkit-touch-callout:none]',
          row.isFirst ? 'pt-4 compact:pt-2' : 'pt-[3px]',
          row.isOwn && row.kind !== 'notice' && 'justify-end',
          isHighlighted && 'animate-highlight',
        )}
      >
        {row.kind === 'notice' && message ? (
          <Notice message={message} room={room} isOwn={row.isOwn} />
        ) : (
          <>
            {!row.isOwn && <Sender row={row} />}
            <div
              className={clsx(
                'flex max-w-[84%] min-w-0 flex-col sm:max-w-[min(520px,76%)]',
                row.isOwn ? 'items-end' : 'items-start',
              )}
            >
              {row.isFirst && !row.isOwn && <NameLine row={row} isDirect={room.isDirect} />}
              <div className={clsx('relative flex max-w-full', row.isOwn && 'justify-end')}>
                <Bubble row={row} room={room} onJump={onJump} />
                {isActive && message && <ActionBar row={row} room={room} openMenu={menu.open} />}
              </div>
              {message && message.reactions.length > 0 && <Reactions message={message} room={room} />}
              {row.isOwn && <Receipt row={row} room={room} isShown={row.isLast || isActive} />}
            </div>
          </>
        )}
      </article>
    </div>
  );
});

/** The face at the left of a group, once. */
function Sender({ row }: { row: Row }) {
  const user = useAppSelector((state) => selectUser(state, row.message?.userId)) ?? row.message?.user;
  if (!row.isFirst || !user) return <span className="w-9 shrink-0" />;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-hidden
      onClick={(event) => openPerson(user.id, event.currentTarget)}
      className="h-9 shrink-0 rounded-full"
    >
      <Avatar id={user.id} name={user.userName} image={user.image} size={36} />
    </button>
  );
}

/** Name and time above the first bubble of a group. */
function NameLine({ row, isDirect }: { row: Row; isDirect: boolean }) {
  const { i18n } = useTranslation();
  const user = useAppSelector((state) => selectUser(state, row.message?.userId)) ?? row.message?.user;
  if (!user || !row.message) return null;
  const time = row.message.createdAt;
  return (
    <p className="mb-1 flex max-w-full items-baseline gap-2 px-0.5">
      {!isDirect && (
        <button
          type="button"
          onClick={(event) => openPerson(user.id, event.currentTarget)}
          style={{ color: `var(--c-tone-${toneOf(user.id)})` }}
          className="touch min-w-0 text-sm font-bold hover:underline"
        >
          <bdi className="block truncate">{user.userName}</bdi>
        </button>
      )}
      <time dateTime={time} title={fullTime(time, i18n.language)} className="shrink-0 text-xs text-fg-3">
        {clock(time, i18n.language)}
      </time>
    </p>
  );
}
