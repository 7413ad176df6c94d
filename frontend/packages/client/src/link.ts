/** The connection that comes back: it signs in, renews its token, and tries again when it was lost. */

import { Backoff } from './backoff.js';
import type { Clock } from './clock.js';
import { Connection } from './connection.js';
import { ApiError, isSignedOut, NetworkError } from './errors.js';
import type { EndReason, Status } from './events.js';
import type { SocketConstructor } from './socket.js';
import type { RoomHead } from './wire.js';

/** Whether the system thinks that there is a network. */
export interface OnlineHint {
  isOnline(): boolean;
  subscribe(changed: () => void): () => void;
}

/** Where tokens come from. */
export interface TokenSource {
  accessToken(): Promise<string>;
  refresh(): Promise<void>;
  readonly renewIn: number;
}

/** What signing in answers. */
export interface Bound {
  userId: number;
  sessionId: number;
  rooms: RoomHead[];
}

export interface LinkOptions {
  tokens: TokenSource;
  url: string;
  WebSocket: SocketConstructor;
  clock: Clock;
  random: () => number;
  online: OnlineHint;
  statusChanged(status: Status): void;
  ready(bound: Bound): void;
  pushed(route: string, body: unknown): void;
  ended(reason: EndReason): void;
}

/** A connection that lasted so long was a good one: the next wait is short again. */
const GOOD_AFTER = 5_000;
/** A restarting server is not to be met by everybody at once. */
const RESTART_WAIT = { least: 500, chance: 2_500 };
const RENEWAL_RETRY = 5_000;
const LONGEST_TIMER = 2 ** 31 - 1;

export class Link {
  #options: LinkOptions;
  #backoff: Backoff;
  #status: Status;
  #userId = 0;
  #connection: Connection | null = null;
  #needsNewToken = false;
  /** Of the next try while waiting, of the next renewal while online. */
  #timer: unknown;
  #unsubscribe: (() => void) | null = null;
  /** Counts tries, so that an old one that wakes up late does nothing. */
  #try = 0;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.random);
    this.#status = { state: 'idle', since: options.clock.now() };
  }

  get status(): Status {
    return this.#status;
  }

  get isOnline(): boolean {
    return this.#status.state === 'online';
  }

  start(userId: number) {
    this.stop();
    this.#userId = userId;
    this.#needsNewToken = false;
    this.#backoff.reset();
    this.#unsubscribe = this.#options.online.subscribe(() => this.#networkChanged());
    if (this.#options.online.isOnline()) void this.#open();
    else this.#become('offline');
  }

  stop() {
    this.#unsubscribe?.();
    this.#unsubscribe = null;
    this.#drop();
    if (this.#status.state !== 'idle') this.#become('stopped');
  }

  /** Tries at once; where a connection seems to stand, but nothing was heard for long, it is replaced. */
  tryNow() {
    const { state } = this.#status;
    const isDead = state === 'online' && this.#connection?.isStale;
    if (state === 'waiting' || state === 'offline' || isDead) void this.#open();
  }

  async request(route: string, body: unknown): Promise<unknown> {
    if (!this.#connection || !this.isOnline) throw new NetworkError('not connected');
    return this.#connection.request(route, body);
  }

  notify(route: string, body: unknown) {
    if (this.isOnline) this.#connection?.notify(route, body);
  }

  async #open() {
    this.#drop();
    const turn = this.#try;
    this.#become('connecting');
    const { tokens, url, WebSocket, clock, pushed } = this.#options;
    try {
      if (this.#needsNewToken) await tokens.refresh();
      const token = await tokens.accessToken();
      if (turn !== this.#try) return;
      this.#needsNewToken = false;
      this.#connection = new Connection({
        url,
        token,
        WebSocket,
        clock,
        pushed,
        opened: () => void this.#signIn(token),
        closed: (kick) => turn === this.#try && this.#lost(kick),
      });
    } catch (error) {
      if (turn === this.#try) this.#failed(error);
    }
  }

  /** The handshake has signed us in already; this tells who we are, and where we stand in our rooms. */
  async #signIn(token: string) {
    const connection = this.#connection;
    try {
      const bound = (await connection?.request('session.auth', { token })) as Bound;
      if (bound.userId !== this.#userId) return this.#end('another_user');
      this.#become('online');
      this.#planRenewal(this.#options.tokens.renewIn);
      this.#options.ready(bound);
    } catch (error) {
      this.#refused(connection, error);
    }
  }

  /** Signing in did not work: the next connection has to, with another token if it is this one's fault. */
  #refused(connection: Connection | null, error: unknown) {
    if (isSignedOut(error)) this.#needsNewToken = true;
    connection?.close();
  }

  #planRenewal(wait: number) {
    const { clock } = this.#options;
    this.#timer = clock.setTimeout(() => void this.#renew(), Math.min(Math.max(wait, 1_000), LONGEST_TIMER));
  }

  /** Brings the next token to the connection before the one it has ends. */
  async #renew() {
    const connection = this.#connection;
    const turn = this.#try;
    const isOver = () => turn !== this.#try;
    try {
      const token = await this.#options.tokens.accessToken();
      if (isOver()) return;
      await connection?.request('session.auth', { token }).catch((error: unknown) => {
        // Another tab has signed in as somebody else.
        if (error instanceof ApiError && error.status === 403) this.#end('another_user');
        else this.#refused(connection, error);
      });
      if (!isOver()) this.#planRenewal(this.#options.tokens.renewIn);
    } catch (error) {
      if (isOver()) return;
      if (isSignedOut(error)) this.#end('expired');
      else this.#planRenewal(RENEWAL_RETRY);
    }
  }

  /** No token could be had. */
  #failed(error: unknown) {
    if (isSignedOut(error)) return this.#end('expired');
    const asked = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
    this.#wait(Math.max(asked, this.#backoff.next()));
  }

  #lost(kick: string | undefined) {
    const { clock, random } = this.#options;
    const { state, since } = this.#status;
    if (kick === 'logout' || kick === 'session_revoked') return this.#end(kick);
    if (kick === 'token_expired' || kick === 'auth_timeout') this.#needsNewToken = true;
    if (state === 'online' && clock.now() - since >= GOOD_AFTER) this.#backoff.reset();
    if (kick === 'too_many_connections') this.#wait(Backoff.longest);
    else if (kick === 'shutdown') this.#wait(RESTART_WAIT.least + RESTART_WAIT.chance * random());
    else this.#wait(this.#backoff.next());
  }

  #wait(ms: number) {
    this.#drop();
    if (!this.#options.online.isOnline()) return this.#become('offline');
    const { clock } = this.#options;
    this.#timer = clock.setTimeout(() => void this.#open(), ms);
    this.#become('waiting', clock.now() + ms);
  }

  #networkChanged() {
    if (!this.#options.online.isOnline()) {
      this.#drop();
      this.#become('offline');
    } else if (this.#status.state === 'offline') {
      this.#backoff.reset();
      void this.#open();
    }
  }

  #end(reason: EndReason) {
    this.stop();
    this.#options.ended(reason);
  }

  /** Lets go of the connection and of all that was planned. */
  #drop() {
    this.#try += 1;
    this.#options.clock.clearTimeout(this.#timer);
    this.#connection?.close();
    this.#connection = null;
  }

  #become(state: Status['state'], retryAt?: number) {
    this.#status = { state, since: this.#options.clock.now(), ...(retryAt !== undefined && { retryAt }) };
    this.#options.statusChanged(this.#status);
  }
}
