import type { Message } from '@banter/client';
import clsx from 'clsx';
import { Ellipsis, Reply, SmilePlus } from 'lucide-react';

import { replyChosen } from '@/features/composer/drafts-slice';
import { focusComposer } from '@/features/composer/focus';
import { openEmojiPicker } from '@/features/emoji/picker';
import { rememberEmoji } from '@/features/emoji/recents';
import { selectPersonal } from '@/features/settings/slice';
import type { RoomEntry } from '@/features/rooms/slice';
import { react } from './actions';
import { can } from './can';
import type { Row } from './rows';
import { useAsking } from './useAsking';

interface Props {
  row: Row;
  room: RoomEntry;
  openMenu: (anchor: HTMLElement) => void;
}

const RECENT_SHOWN = 3;
const BUTTON =
  'focus-inside flex size-8 items-center justify-center rounded-md text-fg-2 hover:bg-hover hover:text-fg';

/** Beside a message under the pointer or with the focus: react, reply, more. Takes no room and never covers a text. */
export function ActionBar({ row, room, openMenu }: Props) {
  const { t } = useTranslation('timeline');
  const asking = useAsking(room);
  const { message } = row;
  if (!message || message.isRecalled) return null;

  return (
    <div
      role="toolbar"
      aria-label={t('actions')}
      className={clsx(
        'absolute top-1/2 z-10 hidden -translate-y-1/2 items-center rounded-lg bg-raised p-0.5 shadow-2 can-hover:flex',
        row.isOwn ? 'right-full mr-1.5' : 'left-full ml-1.5',
      )}
    >
      {can.answer(message, asking) && <Answers message={message} />}
      <button
        type="button"
        tabIndex={-1}
        aria-label={t('more')}
        title={t('more')}
        aria-haspopup="menu"
        className={BUTTON}
        onClick={(event) => openMenu(event.currentTarget)}
      >
        <Ellipsis aria-hidden size={17} />
      </button>
    </div>
  );
}

/** Emoji at hand, all others, and a reply. */
function Answers({ message }: { message: Message }) {
  const { t } = useTranslation('timeline');
  const dispatch = useAppDispatch();
  const { recentEmoji } = useAppSelector(selectPersonal);

  const pick = (emoji: string) => {
    dispatch(rememberEmoji(emoji));
    void dispatch(react(message, emoji, true));
  };

  return (
    <>
      {recentEmoji.slice(0, RECENT_SHOWN).map((emoji) => (
        <button
          key={emoji}
          type="button"
          tabIndex={-1}
          aria-label={t('reactWith', { emoji })}
          onClick={() => pick(emoji)}
          className={clsx(BUTTON, 'hidden font-emoji text-title xl:flex')}
        >
          {emoji}
        </button>
      ))}
      <button
        type="button"
        tabIndex={-1}
        aria-label={t('addReaction')}
        title={t('addReaction')}
        className={BUTTON}
        onClick={(event) =>
          openEmojiPicker({ anchor: event.currentTarget, label: t('addReaction'), onPick: pick })
        }
      >
        <SmilePlus aria-hidden size={17} />
      </button>
      <button
        type="button"
        tabIndex={-1}
        aria-label={t('reply')}
        title={t('reply')}
        className={BUTTON}
        onClick={() => {
          dispatch(replyChosen({ roomId: message.roomId, seq: message.seq, at: Date.now() }));
          focusComposer();
        }}
      >
        <Reply aria-hidden size={17} />
      </button>
    </>
  );
}
