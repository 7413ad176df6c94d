import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  MINUTE,
  View,
  clock,
  eventsOf,
  makeChat,
  onlineChat,
  renew,
  server,
  stopAll,
  text,
  textsOf,
} from './testing/chat.js';
import { settle } from './testing/clock.js';
import { message } from './testing/messages.js';
import { SILENCE } from './testing/server.js';

beforeEach(renew);
afterEach(stopAll);

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
