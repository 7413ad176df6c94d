import type { Chat, MessagesEvent } from '@banter/client';
import i18next from 'i18next';

import type { AppStore } from '@/app/store';
import { selectMyId } from '@/features/account/slice';
import { type Pending, pendingOf, selectPending } from '@/features/composer/outbox-slice';
import { selectUsers } from '@/features/people/slice';
import { selectRoom } from '@/features/rooms/slice';
import { sentenceOf } from '@/features/timeline/sentence';
import { announce, announceMessage } from './announce';

/**
 * Tells screen readers what others write in the open room, and what becomes of the user's own messages there. What was
 * missed and is caught up with is no news, nor is anything on a page that nobody sees: for that are notifications.
 */
export function tellNews(chat: Pick<Chat, 'on'>, store: AppStore, roomId: number): () => void {
  let lastSeq = selectRoom(store.getState(), roomId)?.lastSeq ?? 0;
  const states = new Map<string, Pending['state']>();
  const say = (key: 'stored' | 'notSent') => announce(i18next.t(`timeline:${key}`));

  const look = (items: Pending[], isNews: boolean) => {
    for (const { clientMsgId, roomId: of, state } of items) {
      if (of !== roomId) continue;
      const before = states.get(clientMsgId);
      states.set(clientMsgId, state);
      // One that had failed before this page knew of it is no news.
      if (isNews && state === 'failed' && before && before !== 'failed') say('notSent');
    }
  };

  const hear = ({ roomId: of, messages, source }: MessagesEvent) => {
    if (of !== roomId) return;
    const state = store.getState();
    const myId = selectMyId(state);
    for (const message of messages) {
      const isNew = message.seq > lastSeq;
      lastSeq = Math.max(lastSeq, message.seq);
      if (message.userId === myId) {
        if (message.clientMsgId && states.delete(message.clientMsgId)) say('stored');
      } else if (isNew && source === 'push' && !document.hidden && !message.systemMessage) {
        const words = {
          t: i18next.getFixedT(null, 'timeline'),
          language: i18next.language,
          nameOf: (id: number) => selectUsers(state)[id]?.userName,
        };
        announceMessage(sentenceOf({ kind: 'message', message, isOwn: false }, words));
      }
    }
  };

  look(selectPending(store.getState()), false);
  const stops = [
    chat.on('messages', hear),
    chat.on('outbox', ({ items }) => look(items.map(pendingOf), true)),
  ];
  return () => stops.forEach((stop) => stop());
}
