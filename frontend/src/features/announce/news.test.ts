import type { Chat, ChatEvents, OutboxItem } from '@banter/client';
import { beforeEach, expect, it, vi } from 'vitest';

import { makeStore } from '@/app/store';
import { rooms, roomsRestored } from '@/features/rooms/slice';
import { usersMet } from '@/features/people/slice';
import { makeMessage, makeRoom } from '@/testing/builders';
import { ME } from '@/testing/signed-in';
import { announce, announceMessage } from './announce';
import { tellNews } from './news';

vi.mock('./announce', () => ({ announce: vi.fn(), announceMessage: vi.fn() }));

const listeners: { [K in keyof ChatEvents]?: (detail: ChatEvents[K]) => void } = {};
const chat: Pick<Chat, 'on'> = {
  on: (event, listener) => {
    Object.assign(listeners, { [event]: listener });
    return () => void delete listeners[event];
  },
};

const come = (rest: Parameters<typeof makeMessage>[0], source: ChatEvents['messages']['source'] = 'push') => {
  const message = makeMessage(rest);
  listeners.messages?.({ roomId: message.roomId, messages: [message], source });
};

const item = (state: OutboxItem['state'], rest: Partial<OutboxItem> = {}): OutboxItem => ({
  clientMsgId: 'one',
  userId: ME.id,
  roomId: 1,
  createdAt: 0,
  state,
  draft: { kind: 'text', text: 'hello', mention: [] },
  ...rest,
});
const go = (...items: OutboxItem[]) => listeners.outbox?.({ items });

let stop: () => void;

beforeEach(() => {
  vi.clearAllMocks();
  const store = makeStore({
    session: { status: 'signedIn', me: ME, endedBecause: null },
    rooms: rooms.reducer(undefined, roomsRestored([makeRoom({ lastSeq: 5 })])),
  });
  store.dispatch(usersMet([{ ...ME, id: 2, userName: 'Teo' }]));
  stop = tellNews(chat, store, 1);
  return () => {
    stop();
    vi.restoreAllMocks();
  };
});

it('says what others write, in the sentence that the row has', () => {
  come({ seq: 6, textMessage: { text: 'see **you** there', mention: [] } });
  expect(announceMessage).toHaveBeenCalledExactlyOnceWith(
    expect.stringMatching(/^Teo, .*\d:\d\d.*, see you there$/),
  );
});

it.each<[string, Parameters<typeof come>]>([
  ['what is older than the newest known', [{ seq: 5, isEdited: true }]],
  ['what is caught up with', [{ seq: 6 }, 'sync']],
  ['other rooms', [{ seq: 6, roomId: 7 }]],
  ['own messages of another device', [{ seq: 6, userId: ME.id, clientMsgId: 'other' }]],
  ['notices', [{ seq: 6, systemMessage: { kind: 'memberJoined', actor: 3, subject: 3, text: '' } }]],
])('stays silent about %s', (_what, told) => {
  come(...told);
  expect(announceMessage).not.toHaveBeenCalled();
  expect(announce).not.toHaveBeenCalled();
});

it('stays silent about changes of what it has told', () => {
  come({ seq: 6 });
  come({ seq: 6, rev: 7, reactions: [{ emoji: '🎉', count: 1, userIds: [1], mine: true }] });
  expect(announceMessage).toHaveBeenCalledOnce();
});

it('stays silent while nobody sees the page', () => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  come({ seq: 6 });
  expect(announceMessage).not.toHaveBeenCalled();
});

it('says once that an own message was sent, whichever way that became known', () => {
  go(item('waiting'));
  go(item('sending'));
  come({ seq: 6, userId: ME.id, clientMsgId: 'one' });
  come({ seq: 6, rev: 7, userId: ME.id, clientMsgId: 'one' }, 'sent');
  expect(announce).toHaveBeenCalledExactlyOnceWith('Sent');
});

it('says that an own message failed, again after another try, and not for those of before', () => {
  go(item('failed', { clientMsgId: 'old' }), item('waiting'));
  expect(announce).not.toHaveBeenCalled();
  go(item('failed'));
  go(item('failed'));
  expect(announce).toHaveBeenCalledExactlyOnceWith('Not sent.');
  go(item('waiting'));
  go(item('failed'));
  expect(announce).toHaveBeenCalledTimes(2);
});

it('listens no longer than the room is open', () => {
  stop();
  expect(listeners).toEqual({});
});
