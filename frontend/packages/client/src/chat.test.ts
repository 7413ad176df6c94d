import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Chat, type ChatOptions } from './chat.js';
import { NetworkError } from './errors.js';
import type { ChatEvents } from './events.js';
import type { Draft } from './outbox-item.js';
import { MemoryStorage } from './storage.js';
import { FakeClock, settle } from './testing/clock.js';
import { message, user } from './testing/messages.js';
import { RoomServer } from './testing/rooms.js';
import { Refusal, SILENCE } from './testing/server.js';
import { FakeTokens } from './testing/tokens.js';
import { uploaded } from './testing/transport.js';

const MINUTE = 60_000;

let server: RoomServer;
let clock: FakeClock;
let chats: Chat[];

beforeEach(() => {
  server = new RoomServer();
  server.room(1);
  // Heartbeats are not what this is about.
  server.heartbeat = 100_000;
  clock = new FakeClock();
  chats = [];
});

afterEach(() => chats.forEach((chat) => chat.stop()));

function makeChat(userId = 1, options: Partial<ChatOptions> = {}): Chat {
  const tokens = new FakeTokens(userId);
  const api = {
    accessToken: () => tokens.accessToken(),
    refresh: () => tokens.refresh(),
    get renewIn() {
      return tokens.renewIn;
    },
    upload: (file: Blob) => Promise.resolve(uploaded(`/uploads/${file.size}`)),
  };
  const chat = new Chat({
    api,
    url: 'ws://chat.test/ws',
    storage: new MemoryStorage(),
    WebSocket: server.WebSocket,
    clock,
    random: () => 0,
    locks: null,
    ...options,
  });
  chats.push(chat);
  return chat;
}

async function onlineChat(userId = 1): Promise<Chat> {
  const chat = makeChat(userId);
  chat.start(userId);
  await settle();
  expect(chat.status.state).toBe('online');
  return chat;
}

/** All events of one kind from now on. */
function eventsOf<K extends keyof ChatEvents>(chat: Chat, event: K): ChatEvents[K][] {
  const events: ChatEvents[K][] = [];
  chat.on(event, (detail) => events.push(detail));
  return events;
}

/** A person's view of a room, made of events alone: the newest state of each message. */
class View {
  bySeq = new Map<number, { rev: number; text: string | undefined }>();
  doubles = 0;

  constructor(chat: Chat, roomId = 1) {
    chat.on('messages', (event) => {
      if (event.roomId !== roomId) return;
      if (event.reset) this.bySeq.clear();
      for (const { seq, rev, textMessage } of event.messages) {
        if (rev <= (this.bySeq.get(seq)?.rev ?? 0)) this.doubles += 1;
        this.bySeq.set(seq, { rev, text: textMessage?.text });
      }
    });
  }

  get texts() {
    return [...this.bySeq].sort(([one], [other]) => one - other).map(([, { text }]) => text);
  }
}

const textsOf = (roomId = 1) => server.room(roomId).messages.map(({ textMessage }) => textMessage?.text);
const text = (words: string): Draft => ({ kind: 'text', text: words, mention: [] });

describe('a live connection', () => {
  it('tells who is signed in, and where they stand', async () => {
    server.say(1, 'hello');
    const chat = makeChat();
    const order: string[] = [];
    chat.on('status', ({ state }) => order.push(state));
    chat.on('ready', ({ userId, sessionId, rooms }) =>
      order.push(`${userId} ${sessionId} ${rooms[0]?.lastRev}`),
    );
    chat.start(1);
    await settle();
    expect(order).toEqual(['connecting', 'online', '1 1 1']);
  });

  it('hands messages and their changes on as they come, without what is for the demo client', async () => {
    const chat = await onlineChat();
    const events = eventsOf(chat, 'messages');
    const said = server.say(1, 'hello');
    const edited = server.edit(1, 1, 'hello!');
    await settle();
    expect(events).toEqual([
      { roomId: 1, messages: [said], source: 'push' },
      { roomId: 1, messages: [edited], source: 'push' },
    ]);
  });

  it.each<[string, keyof ChatEvents, unknown]>([
    ['onRead', 'read', { roomId: 1, userId: 2, readSeq: 3 }],
    ['onTyping', 'typing', { roomId: 1, userId: 2, on: true }],
    ['onPresence', 'presence', { userId: 2, online: false, lastSeenAt: '2026-01-31T08:00:00.000Z' }],
    ['onNewUser', 'newUser', { roomId: 1, user: user(2), content: 'user2 came in' }],
    ['onRoom', 'room', { id: 1, name: 'Garden' }],
    ['onRoomRemoved', 'roomRemoved', { id: 1, reason: 'left' }],
    ['onUser', 'user', user(2)],
    ['onFriend', 'friend', user(2)],
    ['onFriendRemoved', 'friendRemoved', user(2)],
    ['onPreference', 'preference', { key: 'theme', value: 'dark', updatedAt: '2026-01-31T08:00:00.000Z' }],
  ])('turns %s into %s', async (route, event, body) => {
    const chat = await onlineChat();
    const events = eventsOf(chat, event);
    server.push(route, body);
    await settle();
    expect(events).toEqual([body]);
  });

  it('tells ids of members as numbers, and lets pass what it does not know', async () => {
    const chat = await onlineChat();
    const events = eventsOf(chat, 'members');
    server.push('onMembers', { roomId: 1, members: ['1', '2'] });
    server.push('onNewIdea', {});
    await settle();
    expect(events).toEqual([{ roomId: 1, members: [1, 2] }]);
  });

  it('says why it ended', async () => {
    const chat = await onlineChat();
    const events = eventsOf(chat, 'ended');
    server.last.kick('session_revoked');
    await settle();
    expect(events).toEqual([{ reason: 'session_revoked' }]);
    expect(chat.status.state).toBe('stopped');
  });
});

describe('nothing is missed', () => {
  it('of what happened before the start', async () => {
    for (const words of ['one', 'two', 'three']) server.say(1, words);
    const chat = makeChat();
    const view = new View(chat);
    chat.track(1, 1);
    chat.start(1);
    await settle();
    expect(view.texts).toEqual(['two', 'three']);
    expect(view.doubles).toBe(0);
  });

  it('but nothing is asked for the next user that the last one followed', async () => {
    const chat = await onlineChat();
    chat.track(1, 0);
    await settle();
    chat.stop();
    const asked = server.callsOf('room.sync').length;
    server.say(1, 'one');
    chat.start(1);
    await settle();
    expect(server.callsOf('room.sync')).toHaveLength(asked);
  });

  it('when pushes are lost on the way', async () => {
    const chat = await onlineChat();
    const view = new View(chat);
    chat.track(1, 0);
    server.loses = ({ seq }) => seq === 2 || seq === 3;
    for (const words of ['one', 'two', 'three', 'four']) server.say(1, words);
    await settle();
    expect(view.texts).toEqual(['one', 'two', 'three', 'four']);
    expect(view.doubles).toBe(0);
  });

  it('when the very last push is lost, within a minute', async () => {
    const chat = await onlineChat();
    const view = new View(chat);
    chat.track(1, 0);
    await settle();
    server.loses = () => true;
    server.say(1, 'one');
    await clock.pass(MINUTE - 1);
    expect(view.texts).toEqual([]);
    await clock.pass(1);
    expect(view.texts).toEqual(['one']);
    server.say(1, 'two');
    await clock.pass(MINUTE);
    expect(view.texts).toEqual(['one', 'two']);
  });

  it('and rooms are compared once a minute, however often the connection was made anew', async () => {
    const chat = await onlineChat();
    chat.track(1, 0);
    for (let time = 0; time < 3; time++) {
      server.last.end();
      await clock.pass(6_000);
    }
    const asked = server.callsOf('room.sync').length;
    await clock.pass(MINUTE);
    expect(server.callsOf('room.sync')).toHaveLength(asked + 1);
  });

  it('while the connection was away, edits included, in as many pages as it takes', async () => {
    server.pageSize = 10;
    const chat = await onlineChat();
    const view = new View(chat);
    chat.track(1, 0);
    for (let count = 1; count <= 5; count++) server.say(1, `before ${count}`);
    await settle();
    server.crash();
    await settle();
    server.isUp = true;
    for (let count = 1; count <= 40; count++) server.say(1, `meanwhile ${count}`);
    server.edit(1, 2, 'edited');
    await clock.pass(500);
    await settle();
    expect(view.texts).toEqual(textsOf());
    expect(view.texts).toContain('edited');
    expect(view.doubles).toBe(0);
  });

  it('after the server has gone back to an older state', async () => {
    const chat = await onlineChat();
    const view = new View(chat);
    chat.track(1, 0);
    for (let count = 1; count <= 9; count++) server.say(1, `lost ${count}`);
    await settle();
    server.crash();
    server.rooms.clear();
    server.isUp = true;
    server.say(1, 'restored');
    await clock.pass(500);
    await settle();
    expect(view.texts).toEqual(['restored']);
    server.say(1, 'and on');
    await settle();
    expect(view.texts).toEqual(['restored', 'and on']);
  });

  it('of rooms that were lost meanwhile', async () => {
    const chat = await onlineChat();
    const gone = eventsOf(chat, 'gone');
    server.say(1, 'one');
    chat.track(1, 0);
    await settle();
    server.crash();
    server.rooms.delete(1);
    server.isUp = true;
    await clock.pass(500);
    await settle();
    expect(gone).toEqual([{ ids: [1] }]);
  });

  it('but asks no more for rooms that the user has left', async () => {
    const chat = await onlineChat();
    server.say(1, 'one');
    chat.track(1, 0);
    await settle();
    server.push('onRoomRemoved', { id: 1, reason: 'left' });
    await settle();
    const asked = server.callsOf('room.sync').length;
    await clock.pass(2 * MINUTE);
    expect(server.callsOf('room.sync')).toHaveLength(asked);
  });

  it('when the server is too busy to answer at first', async () => {
    const answer = server.handlers['room.sync'];
    const chat = await onlineChat();
    const view = new View(chat);
    server.loses = () => true;
    server.say(1, 'one');
    server.handlers['room.sync'] = () => new Refusal(503);
    chat.track(1, 0);
    await settle();
    if (answer) server.handlers['room.sync'] = answer;
    await clock.pass(5_000);
    expect(view.texts).toEqual(['one']);
  });

  it('when the app comes back to the front', async () => {
    const chat = await onlineChat();
    const view = new View(chat);
    chat.track(1, 0);
    await settle();
    server.loses = () => true;
    server.say(1, 'one');
    chat.tryNow();
    await settle();
    expect(view.texts).toEqual(['one']);
  });
});

describe('sending', () => {
  it('hands the message on before it leaves the outbox, and only once', async () => {
    const chat = await onlineChat();
    const order: string[] = [];
    chat.on('messages', ({ source, messages }) => order.push(`${source} ${messages.length}`));
    chat.on('outbox', ({ items }) => order.push(`outbox ${items.map(({ state }) => state).join()}`));
    chat.outbox.send(1, text('hi'));
    await settle();
    expect(order).toEqual(['outbox waiting', 'outbox waiting', 'outbox sending', 'push 1', 'outbox ']);
  });

  it('hands it on from the answer where the push was lost', async () => {
    server.loses = () => true;
    const chat = await onlineChat();
    const events = eventsOf(chat, 'messages');
    const order: string[] = [];
    chat.on('messages', () => order.push(`messages, ${chat.outbox.items.length} left`));
    chat.outbox.send(1, text('hi'));
    await settle();
    expect(events).toMatchObject([{ source: 'sent', messages: [{ textMessage: { text: 'hi' } }] }]);
    expect(order).toEqual(['messages, 1 left']);
    expect(chat.outbox.items).toEqual([]);
  });

  it('survives a server that dies after it has stored, without a double', async () => {
    const chat = await onlineChat();
    const view = new View(chat);
    chat.track(1, 0);
    const store = server.handlers['room.sendMessage'];
    server.handlers['room.sendMessage'] = (body, connection) => {
      void store?.(body, connection);
      server.crash();
      return SILENCE;
    };
    server.loses = () => true;
    for (const words of ['one', 'two', 'three']) chat.outbox.send(1, text(words));
    await settle();
    expect(textsOf()).toEqual(['one']);
    expect(chat.outbox.items).toHaveLength(3);
    if (store) server.handlers['room.sendMessage'] = store;
    server.loses = () => false;
    server.isUp = true;
    await clock.pass(500);
    await settle();
    expect(textsOf()).toEqual(['one', 'two', 'three']);
    expect(view.texts).toEqual(['one', 'two', 'three']);
    expect(view.doubles).toBe(0);
    expect(chat.outbox.items).toEqual([]);
  });

  it('survives a server that dies before it has stored', async () => {
    const chat = await onlineChat();
    const store = server.handlers['room.sendMessage'];
    server.handlers['room.sendMessage'] = () => {
      server.crash();
      return SILENCE;
    };
    for (const words of ['one', 'two']) chat.outbox.send(1, text(words));
    await settle();
    if (store) server.handlers['room.sendMessage'] = store;
    server.isUp = true;
    await clock.pass(500);
    await settle();
    expect(textsOf()).toEqual(['one', 'two']);
  });

  it('rests while there is no connection', async () => {
    const chat = await onlineChat();
    server.crash();
    await settle();
    const events = eventsOf(chat, 'outbox');
    chat.outbox.send(1, text('one'));
    await clock.pass(MINUTE);
    expect(events.flatMap(({ items }) => items.map(({ state }) => state))).not.toContain('sending');
  });

  it('takes what was written before the start of the connection', async () => {
    server.isUp = false;
    const chat = makeChat();
    chat.start(1);
    for (const words of ['one', 'two']) chat.outbox.send(1, text(words));
    await clock.pass(10_000);
    expect(chat.outbox.items.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    server.isUp = true;
    chat.tryNow();
    await settle();
    expect(textsOf()).toEqual(['one', 'two']);
  });

  it('uploads files first', async () => {
    const chat = await onlineChat();
    const draft = { kind: 'media', file: new Blob(['abc']), name: 'a.txt', mime: 'text/plain' } as const;
    chat.outbox.send(1, draft);
    await settle();
    expect(server.room(1).messages[0]?.mediaMessage).toEqual({ url: '/uploads/3', name: 'a.txt' });
  });

  it('ends with the chat, and what is left comes back with its user', async () => {
    server.handlers['room.sendMessage'] = () => SILENCE;
    const chat = await onlineChat();
    chat.outbox.send(1, text('one'));
    await settle();
    chat.stop();
    expect(chat.outbox.items).toEqual([]);
    chat.start(1);
    await settle();
    expect(chat.outbox.items).toMatchObject([{ state: 'sending' }]);
  });
});

describe('two people', () => {
  it('see the same, whatever is lost', async () => {
    const [ann, ben] = [await onlineChat(1), await onlineChat(2)];
    const views = [new View(ann), new View(ben)];
    for (const chat of [ann, ben]) chat.track(1, 0);
    let count = 0;
    server.loses = () => ++count % 3 === 0;
    for (let turn = 1; turn <= 20; turn++) {
      ann.outbox.send(1, text(`ann ${turn}`));
      ben.outbox.send(1, text(`ben ${turn}`));
      if (turn % 4 === 0) await settle();
      if (turn === 10) server.open[0]?.end();
    }
    await clock.pass(2 * MINUTE);
    expect(textsOf()).toHaveLength(40);
    for (const view of views) {
      expect(view.texts).toEqual(textsOf());
      expect(view.doubles).toBe(0);
    }
    const mine = textsOf().filter((words) => words?.startsWith('ann'));
    expect(mine).toEqual(Array.from({ length: 20 }, (_, turn) => `ann ${turn + 1}`));
  });

  it('on two devices of one person: the other device sees what this one says, and keeps its own', async () => {
    const [phone, desk] = [await onlineChat(1), await onlineChat(1)];
    const events = eventsOf(desk, 'messages');
    phone.outbox.send(1, text('hi'));
    await settle();
    expect(events).toMatchObject([{ source: 'push', messages: [{ userId: 1 }] }]);
  });

  it('do not take the ids of each other for their own', async () => {
    const chat = await onlineChat(1);
    server.handlers['room.sendMessage'] = () => SILENCE;
    const { clientMsgId } = chat.outbox.send(1, text('mine'));
    await settle();
    server.push('onMessage', message({ rev: 1, userId: 2, clientMsgId }));
    await settle();
    expect(chat.outbox.items).toHaveLength(1);
  });
});

describe('requests', () => {
  it('are answered', async () => {
    server.handlers['presence.get'] = ({ userIds }: { userIds: number[] }) => userIds;
    const chat = await onlineChat();
    await expect(chat.request('presence.get', { userIds: [1] })).resolves.toEqual([1]);
  });

  it('fail while there is no connection', async () => {
    await expect(makeChat().request('presence.get')).rejects.toThrow(NetworkError);
  });

  it('may wait for one', async () => {
    server.handlers['presence.get'] = () => 'here';
    const chat = makeChat();
    const asked = chat.request('presence.get', {}, { wait: true });
    chat.start(1);
    await expect(asked).resolves.toBe('here');
  });

  it('that wait fail when the chat is stopped', async () => {
    server.isUp = false;
    const chat = makeChat();
    chat.start(1);
    const asked = chat.request('presence.get', {}, { wait: true });
    chat.stop();
    await expect(asked).rejects.toThrow(NetworkError);
  });
});

describe('typing', () => {
  it('is said as often as others need it, not for each key', async () => {
    const chat = await onlineChat();
    for (let key = 0; key < 60; key++) {
      chat.typing(1, true);
      await clock.pass(100);
    }
    expect(server.callsOf('room.typing')).toEqual([
      { id: 1, on: true },
      { id: 1, on: true },
      { id: 1, on: true },
    ]);
  });

  it('ends once', async () => {
    const chat = await onlineChat();
    chat.typing(1, false);
    chat.typing(1, true);
    chat.typing(2, true);
    chat.typing(1, false);
    chat.typing(1, false);
    chat.typing(1, true);
    await settle();
    expect(server.callsOf('room.typing').map(({ id, on }: { id: number; on: boolean }) => [id, on])).toEqual([
      [1, true],
      [2, true],
      [1, false],
      [1, true],
    ]);
  });
});

describe('a platform without WebSocket', () => {
  it('is told what to do', () => {
    const { WebSocket: given } = globalThis;
    Reflect.deleteProperty(globalThis, 'WebSocket');
    expect(() => makeChat(1, { WebSocket: undefined })).toThrow('pass that of the package "ws"');
    if (given) globalThis.WebSocket = given;
  });
});
