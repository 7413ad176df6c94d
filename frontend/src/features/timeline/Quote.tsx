import type { Message } from '@banter/client';
import clsx from 'clsx';

import { selectMyId } from '@/features/account/slice';
import { selectUser } from '@/features/people/slice';
import type { RoomEntry } from '@/features/rooms/slice';
import { selectTimeline } from './slice';
import { useSnippet } from './useSnippet';

interface Props {
  room: RoomEntry;
  reply: Message | null;
  /** Id of the answered message, where the message itself is not stored yet. */
  replyId?: number;
  isOwn: boolean;
  onJump: (seq: number) => void;
}

/** The message that is answered: whose, and its first line. A click goes there. */
export function Quote({ room, reply, replyId, isOwn, onJump }: Props) {
  const { t } = useTranslation('timeline');
  const snippet = useSnippet();
  const myId = useAppSelector(selectMyId);
  const found = useAppSelector((state) => {
    if (reply) return reply;
    const timeline = selectTimeline(state, room.id);
    const seq = timeline?.seqs.find((candidate) => timeline.bySeq[candidate]?.id === replyId);
    return seq ? timeline?.bySeq[seq] : undefined;
  });
  const user = useAppSelector((state) => selectUser(state, found?.userId)) ?? found?.user;
  const name = found?.userId === myId ? t('you') : user?.userName;
  return (
    <button
      type="button"
      onClick={() => found && onJump(found.seq)}
      aria-label={t('toAnswered', { name: name ?? '' })}
      className={clsx(
        'mx-1 mt-1 block w-[calc(100%-0.5rem)] min-w-40 rounded-sm py-1.5 pr-2.5 pl-3 text-left',
        // A border would bend at the corners.
        'bg-[linear-gradient(var(--c-accent),var(--c-accent))] bg-[length:3px_100%] bg-no-repeat',
        isOwn ? 'bg-quote-own' : 'bg-quote',
      )}
    >
      <span className="block truncate text-xs font-bold text-accent-text">{name}</span>
      <span
        className={clsx(
          'block truncate text-sm [text-autospace:no-autospace]',
          isOwn ? 'text-bubble-own-2' : 'text-fg-2',
        )}
      >
        {found ? snippet(found) : ' '}
      </span>
    </button>
  );
}
