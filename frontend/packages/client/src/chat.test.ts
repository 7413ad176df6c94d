import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { NetworkError } from './errors.js';
import type { ChatEvents } from './events.js';
import { clock, eventsOf, makeChat, onlineChat, renew, server, stopAll } from './testing/chat.js';
import { settle } from './testing/clock.js';
import { user } from './testing/messages.js';

beforeEach(renew);
afterEach(stopAll);

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
