/** Keeps rooms complete: notices that something was missed, and asks for it. */

import { NetworkError } from './errors.js';
import type { MessagesEvent } from './events.js';
import { RoomRevs } from './revs.js';
import type { Message, RoomHead } from './wire.js';

/** Asks `room.sync`. */
export type AskSync = (rooms: { id: number; rev: number }[]) => Promise<SyncAnswer>;

export interface SyncAnswer {
  rooms: SyncedRoom[];
  gone: number[];
}

interface SyncedRoom extends RoomHead {
  messages: Message[];
  more: boolean;
  reset?: boolean;
}

export interface SyncOptions {
  ask: AskSync;
  /** Asks later, when the server cannot answer now. */
  later(run: () => void): void;
  handOn(event: MessagesEvent): void;
  gone(ids: number[]): void;
}

/** Most rooms that the server takes in one question. */
const CHUNK = 500;

export class Sync {
  #options: SyncOptions;
  #rooms = new Map<number, RoomRevs>();
  #wanted = new Set<number>();
  #isAsking = false;

  constructor(options: SyncOptions) {
    this.#options = options;
  }

  /** Keeps a room in sync from `rev` on, which the app has. Said again, it only shows that there is something newer. */
  track(roomId: number, rev: number) {
    const revs = this.#revs(roomId);
    if (revs.rev !== undefined && rev <= revs.rev) return;
    revs.seed(rev);
    this.#want(roomId);
  }

  untrack(roomId: number) {
    this.#rooms.delete(roomId);
    this.#wanted.delete(roomId);
  }

  clear() {
    this.#rooms.clear();
    this.#wanted.clear();
  }

  /** Asks for what was missed in all rooms, except those of whose newest change we know that we have it. */
  all(heads: readonly RoomHead[] = []) {
    const newest = new Map(heads.map((head) => [head.id, head.lastRev]));
    for (const [id, { rev }] of this.#rooms) {
      if (rev !== undefined && rev !== newest.get(id)) this.#wanted.add(id);
    }
    this.#askSoon();
  }

  /** Hands on what is news of a message that came by itself. */
  take(message: Message, source: 'push' | 'sent') {
    const { roomId } = message;
    const revs = this.#revs(roomId);
    const messages = revs.take([message]);
    if (messages.length > 0) this.#options.handOn({ roomId, messages, source });
    if (revs.hasGap) this.#want(roomId);
  }

  #revs(roomId: number): RoomRevs {
    const known = this.#rooms.get(roomId) ?? new RoomRevs();
    this.#rooms.set(roomId, known);
    return known;
  }

  #want(roomId: number) {
    this.#wanted.add(roomId);
    this.#askSoon();
  }

  /** Whatever is wanted in one go goes into one question. */
  #askSoon() {
    if (this.#isAsking || this.#wanted.size === 0) return;
    this.#isAsking = true;
    const asked = Promise.resolve().then(() => this.#askAll());
    void asked.finally(() => {
      this.#isAsking = false;
      this.#askSoon();
    });
  }

  async #askAll() {
    while (this.#wanted.size > 0) {
      const asked = this.#nextChunk();
      if (asked.length === 0) continue;
      try {
        const answer = await this.#options.ask(asked);
        // A server that has more, but gives nothing of it, is asked again in a minute.
        if (!this.#apply(answer, asked)) this.#wanted.clear();
      } catch (error) {
        this.#wanted.clear();
        // Every new connection begins with a sync of all rooms; a server that cannot answer now is asked later.
        if (!(error instanceof NetworkError)) this.#options.later(() => this.all());
      }
    }
  }

  #nextChunk() {
    const ids = [...this.#wanted].slice(0, CHUNK);
    for (const id of ids) this.#wanted.delete(id);
    return ids.flatMap((id) => {
      const rev = this.#rooms.get(id)?.rev;
      return rev === undefined ? [] : [{ id, rev }];
    });
  }

  /** True when that brought us further. */
  #apply({ rooms, gone }: SyncAnswer, asked: readonly { id: number; rev: number }[]): boolean {
    for (const room of rooms) this.#applyRoom(room);
    for (const id of gone) this.untrack(id);
    if (gone.length > 0) this.#options.gone(gone);
    return asked.some(({ id, rev }) => this.#rooms.get(id)?.rev !== rev) || !rooms.some((room) => room.more);
  }

  #applyRoom({ messages, more, reset, ...head }: SyncedRoom) {
    const roomId = head.id;
    const revs = this.#rooms.get(roomId);
    // The app may have let go of it meanwhile.
    if (revs?.rev === undefined) return;
    if (reset) {
      revs.reset(messages, head.lastRev);
      this.#options.handOn({ roomId, messages, source: 'sync', reset, head });
      return;
    }
    const newest = messages.at(-1)?.rev ?? revs.rev;
    const news = revs.takeAll(messages, more ? newest : Math.max(newest, head.lastRev));
    this.#options.handOn({ roomId, messages: news, source: 'sync', head });
    if (more) this.#wanted.add(roomId);
  }
}
