import type { KeyboardEvent, MouseEvent, PointerEvent as Press, RefObject } from 'react';
import { Copy, Forward, Link2, MailOpen, Pencil, Reply, SmilePlus, Trash2 } from 'lucide-react';

import { editBegun, replyChosen } from '@/features/composer/drafts-slice';
import { focusComposer } from '@/features/composer/focus';
import { openForward } from '@/features/forward/forward';
import { openEmojiPicker } from '@/features/emoji/picker';
import { rememberEmoji } from '@/features/emoji/recents';
import { copy } from '@/features/shell/copy';
import { roomSettingsChanged, selectPersonal } from '@/features/settings/slice';
import type { RoomEntry } from '@/features/rooms/slice';
import { paths } from '@/lib/paths';
import { useLongPress } from '@/lib/useLongPress';
import { type MenuItem, openMenu } from '@/ui/menu';
import { react, recall } from './actions';
import { can } from './can';
import type { Row } from './rows';
import { useAsking } from './useAsking';

/** Links have a menu of the browser's own, and what slides is held for long. */
function isOwnBusiness({ target }: MouseEvent): boolean {
  return target instanceof Element && target.closest('a, [role=slider]') !== null;
}

/** Emoji at hand above the entries: on touch there is no bar beside the message. */
const QUICK_MAX = 6;

/** Everything that can be done with a message: by menu, and by keys while it has the focus. */
export function useMessageMenu(room: RoomEntry, row: Row, element: RefObject<HTMLElement | null>) {
  const { t } = useTranslation(['timeline', 'rooms']);
  const dispatch = useAppDispatch();
  const asking = useAsking(room);
  const { singleKeys, recentEmoji } = useAppSelector(selectPersonal);
  const { message } = row;
  const canAnswer = message !== undefined && can.answer(message, asking);

  const reply = () => {
    if (!canAnswer) return;
    dispatch(replyChosen({ roomId: room.id, seq: message.seq, at: Date.now() }));
    focusComposer();
  };
  const edit = () => {
    if (!message?.textMessage || !can.edit(message, asking)) return;
    dispatch(editBegun({ roomId: room.id, seq: message.seq, text: message.textMessage.text }));
    focusComposer();
  };
  const takeBack = () => message && can.recall(message, asking) && void dispatch(recall(message));
  const pickEmoji = (anchor: HTMLElement) =>
    canAnswer &&
    openEmojiPicker({
      anchor,
      label: t('addReaction'),
      onPick: (emoji) => {
        dispatch(rememberEmoji(emoji));
        void dispatch(react(message, emoji, true));
      },
    });
  const copyWords = (text: string) => dispatch(copy(text, { done: t('copied'), failed: t('notCopied') }));
  const copyLink = (link: string) =>
    dispatch(copy(link, { done: t('rooms:linkCopied'), failed: t('rooms:linkNotCopied', { link }) }));

  const items = (anchor: HTMLElement): MenuItem[] => {
    if (!message || message.isRecalled || message.contentType === 'SYSTEM_MESSAGE') return [];
    const text = message.textMessage?.text ?? message.mediaMessage?.text;
    const link = location.origin + paths.room(room.id, { at: message.seq });
    const all: (MenuItem | false)[] = [
      canAnswer && { id: 'reply', label: t('reply'), icon: <Reply />, keys: 'R', onSelect: reply },
      canAnswer && {
        id: 'react',
        label: t('addReaction'),
        icon: <SmilePlus />,
        keys: '+',
        onSelect: () => pickEmoji(anchor),
      },
      can.edit(message, asking) && {
        id: 'edit',
        label: t('edit'),
        icon: <Pencil />,
        keys: 'E',
        onSelect: edit,
      },
      Boolean(text) && {
        id: 'copy',
        label: t('copyText'),
        icon: <Copy />,
        onSelect: () => void copyWords(text ?? ''),
      },
      { id: 'forward', label: t('forward'), icon: <Forward />, onSelect: () => openForward(message) },
      { id: 'link', label: t('copyLink'), icon: <Link2 />, onSelect: () => void copyLink(link) },
      message.userId !== asking.me.id && {
        id: 'unread',
        label: t('markUnread'),
        icon: <MailOpen />,
        onSelect: () =>
          dispatch(roomSettingsChanged({ roomId: room.id, change: { unreadFrom: message.seq } })),
      },
      can.recall(message, asking) && {
        id: 'recall',
        label: t('recall'),
        icon: <Trash2 />,
        keys: 'Del',
        isDanger: true,
        onSelect: takeBack,
      },
    ];
    return all.filter((item) => item !== false);
  };

  const open = (anchor: HTMLElement, point?: { x: number; y: number }) => {
    const entries = items(anchor);
    if (entries.length === 0 || !message) return;
    const quick = recentEmoji.slice(0, canAnswer ? QUICK_MAX : 0).map((emoji) => ({
      label: t('reactWith', { emoji }),
      sign: emoji,
      onSelect: () => void dispatch(react(message, emoji, true)),
    }));
    openMenu({ label: t('actions'), items: entries, anchor, point, quick });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.nativeEvent.isComposing) return;
    const target = event.currentTarget;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const act = (work: () => unknown) => {
      event.preventDefault();
      work();
    };
    if (event.key === 'Enter' || event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      return act(() => open(target));
    }
    if (!isPlain || !singleKeys) return;
    const key = event.key.toLowerCase();
    if (key === 'r') act(reply);
    else if (key === 'e') act(edit);
    else if (key === '+') act(() => pickEmoji(target));
    else if (event.key === 'Delete') act(takeBack);
  };

  const longPress = useLongPress((point) => element.current && open(element.current, point));

  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    // Not all browsers say this of a finger that stays: the long press does.
    const isTouch = event.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerType === 'touch';
    if (isTouch && !isOwnBusiness(event)) return event.preventDefault();
    // Selected words, links and pictures keep the browser's own menu.
    const isOnText = (getSelection()?.toString() ?? '') !== '';
    if (isOnText || (event.target instanceof Element && event.target.closest('a, img, video'))) return;
    if (!element.current || !message) return;
    event.preventDefault();
    open(element.current, { x: event.clientX, y: event.clientY });
  };

  const onLongPress = {
    ...longPress,
    onPointerDown: (event: Press<HTMLElement>) => {
      if (!isOwnBusiness(event)) longPress.onPointerDown(event);
    },
  };

  return { open, onKeyDown, onContextMenu, onLongPress };
}
