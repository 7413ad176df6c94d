import { Check, CheckCheck, Clock3, TriangleAlert } from 'lucide-react';

import { chat } from '@/api/client';
import { selectMyId } from '@/features/account/slice';
import { selectUsers } from '@/features/people/slice';
import type { RoomEntry } from '@/features/rooms/slice';
import { selectPersonal } from '@/features/settings/slice';
import { clock, fullTime } from '@/lib/format';
import { Avatar } from '@/ui/Avatar';
import { readersOf } from './readers';
import type { Row } from './rows';

const ReadersPopover = lazy(() => import('./ReadersPopover'));

interface Props {
  row: Row;
  room: RoomEntry;
  isShown: boolean;
}

/** Below an own message: when, how far it got, and who has read it. Its place is always kept for the last of a group. */
export function Receipt({ row, room, isShown }: Props) {
  if (row.pending?.state === 'failed')
    return <Failed clientMsgId={row.pending.clientMsgId} code={row.pending.error?.code ?? 0} />;
  if (!row.isLast) return null;
  return (
    <p className="mt-1 flex h-5 items-center gap-1.5 px-1 text-xs text-fg-3">
      {isShown &&
        (row.message ? <Stored row={row} room={room} /> : <Waiting at={row.pending?.createdAt ?? 0} />)}
    </p>
  );
}

/** A clock, once the message waits for longer than a moment. */
function Waiting({ at }: { at: number }) {
  const { t, i18n } = useTranslation('timeline');
  return (
    <>
      <span>{clock(at, i18n.language)}</span>
      <Clock3
        role="img"
        aria-label={t('waiting')}
        size={13}
        className="animate-fade [animation-delay:300ms] [animation-fill-mode:backwards]"
      />
    </>
  );
}

function Stored({ row, room }: { row: Row; room: RoomEntry }) {
  const { t, i18n } = useTranslation('timeline');
  const myId = useAppSelector(selectMyId);
  const users = useAppSelector(selectUsers);
  const { showReceipts } = useAppSelector(selectPersonal);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const message = row.message;
  if (!message) return null;
  const readers = showReceipts ? readersOf(room, message.seq, myId) : [];
  const others = Math.max(1, room.memberCount - 1);
  const time = (
    <time dateTime={message.createdAt} title={fullTime(message.createdAt, i18n.language)}>
      {clock(message.createdAt, i18n.language)}
    </time>
  );
  const all = readers.length >= others;
  if (room.isDirect || readers.length === 0 || room.memberCount <= 1) {
    const label = readers.length ? t('read') : t('stored');
    const Sign = all && readers.length > 0 ? CheckCheck : Check;
    return (
      <>
        {time}
        <Sign
          role="img"
          aria-label={label}
          size={15}
          className={readers.length ? 'text-accent-text' : undefined}
        />
      </>
    );
  }
  return (
    <>
      {time}
      {all ? (
        <CheckCheck aria-hidden size={15} className="text-accent-text" />
      ) : (
        <Ring share={readers.length / others} />
      )}
      <button
        type="button"
        className="touch flex min-h-6 items-center gap-1.5 rounded-xs hover:underline"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {all ? t('readByAll') : t('readBy', { count: readers.length, total: others })}
        <span className="flex -space-x-1.5">
          {readers.slice(0, 3).map((id) => {
            const user = users[id];
            return (
              user && (
                <Avatar
                  key={id}
                  id={id}
                  name={user.userName}
                  image={user.image}
                  size={18}
                  className="box-content rounded-full border-2 border-canvas"
                />
              )
            );
          })}
        </span>
      </button>
      {anchor && (
        <Suspense fallback={null}>
          <ReadersPopover room={room} seq={message.seq} anchor={anchor} onClose={() => setAnchor(null)} />
        </Suspense>
      )}
    </>
  );
}

/** A ring that fills with the share of readers. */
function Ring({ share }: { share: number }) {
  const length = 2 * Math.PI * 5;
  return (
    <svg aria-hidden viewBox="0 0 14 14" className="size-3.5 -rotate-90 fill-none stroke-2">
      <circle cx="7" cy="7" r="5" className="stroke-line-strong" />
      <circle cx="7" cy="7" r="5" className="stroke-accent" strokeDasharray={`${length * share} ${length}`} />
    </svg>
  );
}

function Failed({ clientMsgId, code }: { clientMsgId: string; code: number }) {
  const { t } = useTranslation('timeline');
  const known =
    code === 403 || code === 404 || code === 408 || code === 413 || code === 429
      ? (`failed.${code}` as const)
      : 'failed.other';
  return (
    <p className="mt-1 flex flex-wrap items-center justify-end gap-x-2 px-1 text-xs text-signal-text">
      <TriangleAlert aria-hidden size={14} />
      {t('notSent')} {t(known)}
      <button
        type="button"
        className="touch min-h-6 rounded-xs font-semibold underline"
        onClick={() => chat.outbox.retry(clientMsgId)}
      >
        {t('retry')}
      </button>
      <button
        type="button"
        className="touch min-h-6 rounded-xs font-semibold underline"
        onClick={() => chat.outbox.discard(clientMsgId)}
      >
        {t('delete')}
      </button>
    </p>
  );
}
