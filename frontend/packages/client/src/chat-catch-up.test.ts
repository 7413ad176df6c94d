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
  textsOf,
} from './testing/chat.js';
import { settle } from './testing/clock.js';
import { Refusal } from './testing/server.js';

beforeEach(renew);
afterEach(stopAll);

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
