import type { Message } from '@banter/client';
import clsx from 'clsx';
import { SmilePlus } from 'lucide-react';

import { openEmojiPicker } from '@/features/emoji/picker';
import { selectUsers } from '@/features/people/slice';
import type { RoomEntry } from '@/features/rooms/slice';
import { react } from './actions';
import { can } from './can';
import { useAsking } from './useAsking';

/** Reactions below a message: one click joins or leaves, the last chip adds another. */
export function Reactions({ message, room }: { message: Message; room: RoomEntry }) {
  const { t } = useTranslation('timeline');
  const dispatch = useAppDispatch();
  const users = useAppSelector(selectUsers);
  const asking = useAsking(room);
  const canAnswer = can.answer(message, asking);
  const names = (ids: number[]) =>
    ids
      .slice(0, 12)
      .map((id) => (id === asking.me.id ? t('you') : users[id]?.userName))
      .filter(Boolean)
      .join(', ');
  return (
    <div className="mt-1 flex flex-wrap gap-1.5">
      {message.reactions.map(({ emoji, count, mine, userIds }) => (
        <button
          key={emoji}
          type="button"
          tabIndex={-1}
          disabled={!canAnswer}
          aria-pressed={mine}
          aria-label={t('reaction', { emoji, count, names: names(userIds) })}
          title={names(userIds)}
          onClick={() => void dispatch(react(message, emoji, !mine))}
          className={clsx(
            'touch inline-flex h-7 items-center gap-1.5 rounded-full px-2.5 text-xs font-semibold tabular-nums shadow-1',
            mine
              ? 'bg-accent-tint text-accent-text ring-1 ring-accent ring-inset'
              : 'bg-raised text-fg-2 enabled:hover:bg-hover',
          )}
        >
          <span className="font-emoji text-md">{emoji}</span>
          {count}
        </button>
      ))}
      {canAnswer && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('addReaction')}
          title={t('addReaction')}
          onClick={(event) =>
            openEmojiPicker({
              anchor: event.currentTarget,
              label: t('addReaction'),
              onPick: (emoji) => void dispatch(react(message, emoji, true)),
            })
          }
          className="touch inline-flex size-7 items-center justify-center rounded-full text-fg-3 hover:bg-hover"
        >
          <SmilePlus aria-hidden size={16} />
        </button>
      )}
    </div>
  );
}
