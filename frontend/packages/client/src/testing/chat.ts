/** Chats for tests, with a server and a clock that they share. */

import { expect } from 'vitest';

import { Chat, type ChatOptions } from '../chat.js';
import type { ChatEvents } from '../events.js';
import type { Draft } from '../outbox-item.js';
import { MemoryStorage } from '../storage.js';
import { FakeClock, settle } from './clock.js';
import { RoomServer } from './rooms.js';
import { FakeTokens } from './tokens.js';
import { uploaded } from './transport.js';

export const MINUTE = 60_000;

export let server: RoomServer;
export let clock: FakeClock;
let chats: Chat[] = [];

/** For `beforeEach`: all of it anew. */
export function renew() {
  server = new RoomServer();
  server.room(1);
  // Heartbeats are not what this is about.
  server.heartbeat = 100_000;
  clock = new FakeClock();
}

/** For `afterEach`. */
export function stopAll() {
  chats.forEach((chat) => chat.stop());
  chats = [];
}

export function makeChat(userId = 1, options: Partial<ChatOptions> = {}): Chat {
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

export async function onlineChat(userId = 1): Promise<Chat> {
  const chat = makeChat(userId);
  chat.start(userId);
  await settle();
  expect(chat.status.state).toBe('online');
  return chat;
}

/** All events of one kind from now on. */
export function eventsOf<K extends keyof ChatEvents>(chat: Chat, event: K): ChatEvents[K][] {
  const events: ChatEvents[K][] = [];
  chat.on(event, (detail) => events.push(detail));
  return events;
}

/** A person's view of a room, made of events alone: the newest state of each message. */
export class View {
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

export const textsOf = (roomId = 1) =>
  server.room(roomId).messages.map(({ textMessage }) => textMessage?.text);
export const text = (words: string): Draft => ({ kind: 'text', text: words, mention: [] });
