/** A clock that stands until a test moves it. */

import { setImmediate } from 'node:timers/promises';

import type { Clock } from '../clock.js';

interface Timer {
  at: number;
  run: () => void;
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle() {
  for (let turn = 0; turn < 5; turn++) await setImmediate();
}

export class FakeClock implements Clock {
  #now = Date.parse('2026-01-31T08:00:00Z');
  #timers = new Set<Timer>();

  now() {
    return this.#now;
  }

  setTimeout(run: () => void, ms: number) {
    const timer = { at: this.#now + Math.max(0, ms), run };
    this.#timers.add(timer);
    return timer;
  }

  clearTimeout(timer: unknown) {
    this.#timers.delete(timer as Timer);
  }

  /** Lets time pass: each timer runs at its moment, and what it causes is done before the next. */
  async pass(ms: number) {
    const end = this.#now + ms;
    await settle();
    for (let timer = this.#nextBefore(end); timer; timer = this.#nextBefore(end)) {
      this.#timers.delete(timer);
      this.#now = Math.max(this.#now, timer.at);
      timer.run();
      await settle();
    }
    this.#now = end;
  }

  /** Time that passes while the computer sleeps: no timer runs. */
  sleep(ms: number) {
    this.#now += ms;
  }

  #nextBefore(end: number): Timer | undefined {
    return [...this.#timers].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
  }
}
