import type { Api } from './api.js';
import type { ChatEvents, Status } from './events.js';
import type { Outbox } from './outbox.js';
import type { OutboxStorage } from './outbox-item.js';

/** Time, so that tests can hold it. */
export interface Clock {
  now(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** Whether the system thinks that there is a network. */
export interface OnlineHint {
  isOnline(): boolean;
  subscribe(changed: () => void): () => void;
}

/** As much of a WebSocket as is needed. */
export interface Socket {
  binaryType: string;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number; reason: string }) => void) | null;
  onerror: (() => void) | null;
  send(bytes: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

export interface ChatOptions {
  api: Api;
  /** The socket's address, such as `wss://chat.example/ws`. */
  url: string;
  storage: OutboxStorage;
  /** For Node before 22, such as the one of `ws`. */
  WebSocket?: new (url: string) => Socket;
  clock?: Clock;
  random?: () => number;
  online?: OnlineHint;
  /** Keeps tabs from sending the same item at once; `null` where there are none. */
  locks?: LockManager | null;
}

/** The live side of a chat: a connection that comes back, what was missed, and an outbox. */
export declare class Chat {
  constructor(options: ChatOptions);
  readonly outbox: Outbox;
  readonly status: Status;
  start(userId: number): void;
  stop(): void;
  /** Connects at once instead of waiting for the next try. */
  tryNow(): void;
  /** Keeps a room in sync from `rev` on. */
  track(roomId: number, rev: number): void;
  untrack(roomId: number): void;
  /** Asks over the socket; rejects with `NetworkError` when offline, unless it is to wait. */
  request<T = unknown>(route: string, body?: object, options?: { wait?: boolean }): Promise<T>;
  notify(route: string, body?: object): void;
  typing(roomId: number, on: boolean): void;
  on<K extends keyof ChatEvents>(event: K, listener: (detail: ChatEvents[K]) => void): () => void;
}
