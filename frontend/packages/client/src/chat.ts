/** The live side of a chat: a connection that comes back, everything that was missed, and an outbox. */

import type { Api } from './api.js';
import { type Clock, systemClock } from './clock.js';
import { type CompactMessage, complete } from './compact.js';
import { Emitter } from './emitter.js';
import { NetworkError } from './errors.js';
import type { ChatEvents, MessagesEvent, Status } from './events.js';
import { Link, type Bound, type OnlineHint } from './link.js';
import { exclusive, platformLocks } from './locks.js';
import { Outbox } from './outbox.js';
import type { OutboxStorage } from './outbox-item.js';
import { emitPush } from './pushes.js';
import { type SocketConstructor, socketConstructor } from './socket.js';
import { Sync, type SyncAnswer } from './sync.js';

export interface ChatOptions {
  api: Pick<Api, 'accessToken' | 'refresh' | 'renewIn' | 'upload'>;
  /** The socket's address, such as `wss://chat.example/ws`. */
  url: string;
  /** Where unsent messages are kept. */
  storage: OutboxStorage;
  /** For Node before 22: that of the package `ws`. */
  WebSocket?: SocketConstructor;
  clock?: Clock;
  random?: () => number;
  online?: OnlineHint;
  /** Keeps tabs from sending the same message at once; `null` where there are none. */
  locks?: LockManager | null;
}

const alwaysOnline: OnlineHint = { isOnline: () => true, subscribe: () => () => {} };

/** The last push may be the lost one, so rooms are compared from time to time. */
const SYNC_INTERVAL = 60_000;
const SYNC_RETRY = 5_000;
/** Others see a mark for six seconds. */
const TYPING_INTERVAL = 2_500;

export class Chat {
  #outbox: Outbox;
  #events = new Emitter<ChatEvents>();
  #clock: Clock;
  #link: Link;
  #sync: Sync;
  #userId = 0;
  #syncTimer: unknown;
  /** Who waits for a connection. */
  #waiting = new Set<{ resolve(): void; reject(error: Error): void }>();
  /** When it was last said that the user types, by room. */
  #typing = new Map<number, number>();

  constructor({
    api,
    url,
    storage,
    locks,
    online = alwaysOnline,
    random = Math.random,
    ...options
  }: ChatOptions) {
    const clock = (this.#clock = options.clock ?? systemClock);
    this.#link = new Link({
      tokens: api,
      url,
      WebSocket: socketConstructor(options.WebSocket),
      clock,
      random,
      online,
      statusChanged: (status) => this.#statusChanged(status),
      ready: (bound) => this.#ready(bound),
      pushed: (route, body) => this.#pushed(route, body),
      ended: (reason) => this.#events.emit('ended', { reason }),
    });
    this.#sync = new Sync({
      ask: (rooms) => this.request<SyncAnswer>('room.sync', { rooms }),
      later: (run) => clock.setTimeout(run, SYNC_RETRY),
      handOn: (event) => this.#handOn(event),
      gone: (ids) => this.#events.emit('gone', { ids }),
    });
    this.#outbox = new Outbox({
      storage,
      transport: {
        send: async (message) => complete(await this.request<CompactMessage>('room.sendMessage', message)),
        upload: (file, upload) => api.upload(file, upload),
      },
      clock,
      random,
      exclusive: exclusive(platformLocks(locks)),
      stored: (message) => this.#sync.take(message, 'sent'),
      changed: (items) => this.#events.emit('outbox', { items }),
    });
  }

  /** Messages on their way. */
  get outbox(): Pick<Outbox, 'items' | 'send' | 'retry' | 'discard'> {
    return this.#outbox;
  }

  /** How the connection is doing. */
  get status(): Status {
    return this.#link.status;
  }

  /** Listens to an event; the answer stops it. */
  on<K extends keyof ChatEvents>(event: K, listener: (detail: ChatEvents[K]) => void): () => void {
    return this.#events.on(event, listener);
  }

  /**
   * Connects as the user whose tokens the API has, and takes up what they left unsent. Rooms may be tracked before, such
   * as those of a cache.
   */
  start(userId: number) {
    this.#userId = userId;
    void this.#outbox.start(userId);
    this.#link.start(userId);
  }

  /** Disconnects and forgets the user, the tracked rooms included. What is unsent stays in the storage. */
  stop() {
    this.#link.stop();
    this.#outbox.stop();
    this.#sync.clear();
    this.#typing.clear();
  }

  /** Connects at once instead of waiting for the next try, and looks whether a connection still is one. */
  tryNow() {
    this.#link.tryNow();
    if (this.#link.isOnline) this.#sync.all();
  }

  /**
   * Keeps a room in sync from `rev` on: the newest change that the app has of it. Only the first time counts, so that a
   * room that is told anew cannot hide what was missed; `untrack` it to begin elsewhere.
   */
  track(roomId: number, rev: number) {
    this.#sync.track(roomId, rev);
  }

  untrack(roomId: number) {
    this.#sync.untrack(roomId);
  }

  /** Asks over the socket; rejects with `NetworkError` when there is no connection, unless it is to wait for one. */
  async request<T = unknown>(route: string, body: object = {}, { wait = false } = {}): Promise<T> {
    if (wait && !this.#link.isOnline) {
      await new Promise<void>((resolve, reject) => this.#waiting.add({ resolve, reject }));
    }
    return (await this.#link.request(route, body)) as T;
  }

  /** Says something that is not answered; lost when there is no connection. */
  notify(route: string, body: object = {}) {
    this.#link.notify(route, body);
  }

  /** Tells the others in a room that the user types, as often as it has to be said; call it for each key. */
  typing(roomId: number, on: boolean) {
    const last = this.#typing.get(roomId);
    const now = this.#clock.now();
    if (on ? last !== undefined && now - last < TYPING_INTERVAL : last === undefined) return;
    if (on) this.#typing.set(roomId, now);
    else this.#typing.delete(roomId);
    this.notify('room.typing', { id: roomId, on });
  }

  #statusChanged(status: Status) {
    if (status.state !== 'online') {
      this.#outbox.goOffline();
      this.#clock.clearTimeout(this.#syncTimer);
    }
    if (status.state === 'stopped') {
      for (const { reject } of this.#waiting) reject(new NetworkError('the chat was stopped'));
      this.#waiting.clear();
    }
    this.#events.emit('status', status);
  }

  #ready(bound: Bound) {
    const { userId, sessionId, rooms } = bound;
    this.#events.emit('ready', { userId, sessionId, rooms });
    for (const { resolve } of this.#waiting) resolve();
    this.#waiting.clear();
    this.#sync.all(rooms);
    this.#planSync();
    void this.#outbox.goOnline();
  }

  #planSync() {
    this.#syncTimer = this.#clock.setTimeout(() => {
      this.#sync.all();
      this.#planSync();
    }, SYNC_INTERVAL);
  }

  #pushed(route: string, body: unknown) {
    emitPush(route, body, this.#events, (message) => this.#sync.take(message, 'push'));
    if (route === 'onRoomRemoved') this.untrack((body as ChatEvents['roomRemoved']).id);
  }

  /** The app has a message before its item leaves the outbox. */
  #handOn(event: MessagesEvent) {
    this.#events.emit('messages', event);
    for (const { userId, clientMsgId } of event.messages) {
      if (userId === this.#userId && clientMsgId !== null) this.#outbox.confirm(clientMsgId);
    }
  }
}
