/**
 * What is known of one room's changes. A room counts them: 1, 2, 3 … without gaps, so a jump shows that something was
 * lost. Up to `rev` everything was handed on; some of what comes behind a gap may have been, too.
 */

import type { Message } from './wire.js';

/** Behind a gap, or where no rev is known, so many changes are remembered. */
const MEMORY = 500;

type Change = Pick<Message, 'id' | 'rev'>;

export class RoomRevs {
  /** Everything up to here was handed on; `undefined` until the app says what it has. */
  #rev: number | undefined;
  /** What was handed on beyond `rev`: the messages by their revs, in the order in which they came. */
  #beyond = new Map<number, number>();

  get rev(): number | undefined {
    return this.#rev;
  }

  /** True when something before a change that came is missing. */
  get hasGap(): boolean {
    return this.#rev !== undefined && this.#beyond.size > 0;
  }

  /** Says what the app has, once; from then on we know it ourselves. What was handed on before still counts. */
  seed(rev: number) {
    if (this.#rev === undefined) this.#advance(rev);
  }

  /** Those of the messages that are news, each in its newest state. */
  take<T extends Change>(messages: readonly T[]): T[] {
    return messages.filter((message) => {
      if (!this.#isNews(message)) return false;
      this.#beyond.set(message.rev, message.id);
      this.#advance(this.#rev);
      return true;
    });
  }

  /** Takes what a sync answered; it is all there is up to `upTo`. */
  takeAll<T extends Change>(messages: readonly T[], upTo: number): T[] {
    const news = this.take(messages);
    this.#advance(Math.max(upTo, this.#rev ?? 0));
    return news;
  }

  /** Begins anew with what the server has: what was known is of another history. */
  reset(messages: readonly Change[], rev: number) {
    this.#beyond.clear();
    for (const message of messages) this.#beyond.set(message.rev, message.id);
    this.#advance(rev);
  }

  #isNews({ id, rev }: Change): boolean {
    if (this.#rev !== undefined && rev <= this.#rev) return false;
    // An answer may be older than a push that overtook it.
    for (const [known, message] of this.#beyond) {
      if (known === rev || (message === id && known > rev)) return false;
    }
    return true;
  }

  #advance(to: number | undefined) {
    this.#rev = to;
    if (this.#rev !== undefined) {
      for (const rev of this.#beyond.keys()) if (rev <= this.#rev) this.#beyond.delete(rev);
      while (this.#beyond.delete(this.#rev + 1)) this.#rev += 1;
    }
    const [oldest] = this.#beyond.keys();
    if (this.#beyond.size > MEMORY && oldest !== undefined) this.#beyond.delete(oldest);
  }
}
