// What people do to messages.
import type { Message } from '@banter/client';

import { chat } from '@/api/client';
import { failureOf } from '@/api/queries';
import type { AppThunk } from '@/app/store';
import { selectMyId } from '@/features/account/slice';
import { toast } from '@/features/shell/toasts';
import i18next from 'i18next';
import { messagesReceived } from './slice';

/** Words of own messages that were recalled on this device, for "edit again"; the server keeps nothing. */
const recalledWords = new Map<number, { text: string; at: number }>();

/** How long recalled words are offered again, in milliseconds. */
const EDIT_AGAIN_MS = 5 * 60_000;

export function recalledText(messageId: number): string | undefined {
  const kept = recalledWords.get(messageId);
  return kept && Date.now() - kept.at < EDIT_AGAIN_MS ? kept.text : undefined;
}

/** Asks for a change of a message and shows the answer; says so when it was refused. */
function change(roomId: number, route: string, body: object, failure: string): AppThunk<Promise<boolean>> {
  return async (dispatch) => {
    try {
      const message = await chat.request<Message>(route, body);
      dispatch(messagesReceived({ roomId, messages: [message] }));
      return true;
    } catch (error) {
      const { code } = failureOf(error);
      dispatch(toast(code === 0 ? i18next.t('timeline:error.offline') : failure));
      return false;
    }
  };
}

export function react(message: Message, emoji: string, on: boolean): AppThunk<Promise<boolean>> {
  return (dispatch, getState) => {
    const myId = selectMyId(getState());
    // Shown at once, with the rev that it has: the stored change brings a higher one.
    const reactions = withReaction(message.reactions, emoji, on, myId);
    const optimistic = { ...message, reactions, rev: message.rev + 0.5 };
    dispatch(messagesReceived({ roomId: message.roomId, messages: [optimistic] }));
    const body = { messageId: message.id, emoji, on };
    return dispatch(change(message.roomId, 'room.react', body, i18next.t('timeline:error.react'))).then(
      (isDone) => {
        if (!isDone)
          dispatch(
            messagesReceived({ roomId: message.roomId, messages: [{ ...message, rev: message.rev + 0.75 }] }),
          );
        return isDone;
      },
    );
  };
}

/** Reactions after the user set or took away one. */
function withReaction(
  reactions: Message['reactions'],
  emoji: string,
  on: boolean,
  myId: number,
): Message['reactions'] {
  const known = reactions.find((reaction) => reaction.emoji === emoji);
  if (!known) return on ? [...reactions, { emoji, count: 1, userIds: [myId], mine: true }] : reactions;
  if (known.mine === on) return reactions;
  const userIds = on ? [...known.userIds, myId] : known.userIds.filter((id) => id !== myId);
  const changed = { ...known, mine: on, count: known.count + (on ? 1 : -1), userIds };
  return reactions
    .map((reaction) => (reaction === known ? changed : reaction))
    .filter(({ count }) => count > 0);
}

export function recall(message: Message): AppThunk<Promise<boolean>> {
  return (dispatch, getState) => {
    const text = message.textMessage?.text;
    if (text && message.userId === selectMyId(getState()))
      recalledWords.set(message.id, { text, at: Date.now() });
    return dispatch(
      change(message.roomId, 'room.recall', { messageId: message.id }, i18next.t('timeline:error.recall')),
    );
  };
}

export function edit(message: Message, text: string, mention: number[]): AppThunk<Promise<boolean>> {
  const body = { messageId: message.id, textMessage: { text, mention } };
  return change(message.roomId, 'room.edit', body, i18next.t('timeline:error.edit'));
}
