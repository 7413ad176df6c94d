// Turns what the live connection tells into actions. The one place where the client library meets the store.
import type { Chat, MessagesEvent } from '@banter/client';
import i18next from 'i18next';

import { queries } from '@/api/queries';
import type { AppStore } from '@/app/store';
import { selectMyId, signedOut } from '@/features/account/slice';
import { outboxChanged, pendingOf } from '@/features/composer/outbox-slice';
import { statusChanged } from '@/features/connection/slice';
import {
  peopleOfMessages,
  peopleOfRoom,
  presenceChanged,
  typingChanged,
  usersMet,
} from '@/features/people/slice';
import { headReceived, messagesArrived, readMoved, roomChanged, roomGone } from '@/features/rooms/slice';
import { receivePreference } from '@/features/settings/sync';
import { toast } from '@/features/shell/toasts';
import { messagesReceived, timelineDropped } from '@/features/timeline/slice';
import { refreshRoom, reloadRooms } from './rooms';

/** A typing mark times out after this long without a new one, in milliseconds. */
const TYPING_MS = 6000;

/** Listens to everything; the answer stops it. */
export function bridge(chat: Chat, store: AppStore): () => void {
  const { dispatch, getState } = store;
  const myId = () => selectMyId(getState());

  const arrived = ({ roomId, messages, source, reset, head }: MessagesEvent) => {
    dispatch(usersMet(peopleOfMessages(messages)));
    dispatch(messagesReceived({ roomId, messages, reset }));
    dispatch(
      messagesArrived({ roomId, messages, myId: myId(), counted: Boolean(head) || source === 'sync' }),
    );
    if (head) dispatch(headReceived({ head, myId: myId() }));
    if (messages.some(({ systemMessage }) => systemMessage)) {
      dispatch(queries.util.invalidateTags([{ type: 'Members', id: roomId }]));
      // What was missed was told by pushes that nobody repeats.
      if (source === 'sync') void dispatch(refreshRoom(roomId));
    }
    for (const { userId } of messages) {
      if (userId) dispatch(typingChanged({ roomId, userId, until: null }));
    }
  };

  const leave = (id: number) => {
    chat.untrack(id);
    dispatch(roomGone(id));
    dispatch(timelineDropped(id));
  };

  const loadedOf = (roomId: number) => Object.values(getState().timelines.byRoom[roomId]?.bySeq ?? {});

  const stops = [
    chat.on('status', (status) => dispatch(statusChanged(status))),
    chat.on('ready', ({ rooms }) => {
      for (const head of rooms) dispatch(headReceived({ head, myId: myId() }));
      const known = getState().rooms.byId;
      if (rooms.some(({ id }) => !known[id]) || Object.keys(known).length !== rooms.length) {
        void dispatch(reloadRooms());
      }
    }),
    chat.on('messages', arrived),
    chat.on('gone', ({ ids }) => ids.forEach(leave)),
    chat.on('read', (mark) =>
      dispatch(
        readMoved({ ...mark, myId: myId(), loaded: mark.userId === myId() ? loadedOf(mark.roomId) : [] }),
      ),
    ),
    chat.on('typing', ({ roomId, userId, on }) =>
      dispatch(typingChanged({ roomId, userId, until: on ? Date.now() + TYPING_MS : null })),
    ),
    chat.on('presence', (presence) => dispatch(presenceChanged(presence))),
    chat.on('newUser', ({ roomId, user }) => {
      dispatch(usersMet([user]));
      dispatch(queries.util.invalidateTags([{ type: 'Members', id: roomId }]));
    }),
    chat.on('room', (room) => {
      dispatch(usersMet(peopleOfRoom(room)));
      dispatch(roomChanged(room));
      chat.track(room.id, room.lastRev);
      dispatch(queries.util.invalidateTags([{ type: 'Members', id: room.id }, 'OpenRooms']));
    }),
    chat.on('roomRemoved', ({ id, reason }) => {
      const name = getState().rooms.byId[id]?.name;
      leave(id);
      if (name !== undefined && reason !== 'left')
        dispatch(toast(i18next.t(`rooms:lost.${reason}`, { name })));
    }),
    chat.on('user', (user) => dispatch(usersMet([user]))),
    chat.on('friend', (user) => {
      dispatch(usersMet([user]));
      dispatch(queries.util.invalidateTags(['Friends']));
    }),
    chat.on('friendRemoved', () => dispatch(queries.util.invalidateTags(['Friends']))),
    chat.on('preference', (preference) => dispatch(receivePreference(preference))),
    chat.on('outbox', ({ items }) => dispatch(outboxChanged(items.map(pendingOf)))),
    chat.on('ended', () => dispatch(signedOut('revoked'))),
  ];
  return () => stops.forEach((stop) => stop());
}
