// What a client was told without asking, kept until a test asks for it.

import { within } from './wait.mjs';

const any = () => true;

export class Inbox {
  #owner;
  #kept = [];
  #waiting = new Set();

  /** Everything that ever came, as `{ route, body }`, in order. */
  all = [];

  constructor(owner) {
    this.#owner = owner;
  }

  put(route, body) {
    const item = { route, body };
    this.all.push(item);
    for (const waiter of this.#waiting) {
      if (waiter.fits(item)) {
        this.#waiting.delete(waiter);
        waiter.resolve(body);
        return;
      }
    }
    this.#kept.push(item);
  }

  /** Bodies of all pushes of a route so far. */
  of(route) {
    return this.all.filter((item) => item.route === route).map((item) => item.body);
  }

  /** The next push of a route that fits; each push is given out once. */
  next(route, fits = any, ms = undefined) {
    const isFit = (item) => item.route === route && fits(item.body);
    const index = this.#kept.findIndex(isFit);
    if (index >= 0) return Promise.resolve(this.#kept.splice(index, 1)[0].body);
    const waiter = { fits: isFit };
    const promise = new Promise((resolve) => (waiter.resolve = resolve));
    this.#waiting.add(waiter);
    const seen = () => this.all.map((item) => item.route).join(', ') || 'nothing';
    return within(promise, `${route} at ${this.#owner}`, ms).catch((error) => {
      this.#waiting.delete(waiter);
      throw new Error(`${error.message}; it saw ${seen()}`, { cause: error });
    });
  }
}
