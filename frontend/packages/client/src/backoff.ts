/** Waiting times that grow from half a second to half a minute, with chance added so that clients do not march in step. */

const SHORTEST = 500;
const LONGEST = 30_000;
const CHANCE = 0.5;

export class Backoff {
  #tries = 0;
  #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Milliseconds to wait before the next try. */
  next(): number {
    const wait = Math.min(SHORTEST * 2 ** this.#tries++, LONGEST / (1 + CHANCE));
    return wait * (1 + CHANCE * this.#random());
  }

  reset() {
    this.#tries = 0;
  }

  /** The longest wait, for tries that will most likely fail. */
  static readonly longest = LONGEST;
}
