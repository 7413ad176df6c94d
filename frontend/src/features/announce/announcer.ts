/** Time, so that tests can hold it. */
export interface AnnouncerClock {
  now(): number;
  setTimeout(run: () => void, ms: number): unknown;
}

interface Options {
  /** Puts a text where screen readers notice it. */
  say: (text: string) => void;
  /** What to say of several new messages at once. */
  several: (count: number) => string;
  clock?: AnnouncerClock;
}

/** No two announcements are closer, in milliseconds. */
const GAP_MS = 2000;

const realClock: AnnouncerClock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
};

/** Says one thing at a time, with a rest between two. Messages that arrive during a rest become a number. */
export class Announcer {
  #options: Options;
  #clock: AnnouncerClock;
  #texts: string[] = [];
  #messages: string[] = [];
  #lastAt = -Infinity;
  #isWaiting = false;

  constructor(options: Options) {
    this.#options = options;
    this.#clock = options.clock ?? realClock;
  }

  /** Says a text; one that waits already is not said twice. */
  announce(text: string): void {
    if (!this.#texts.includes(text)) this.#texts.push(text);
    this.#plan();
  }

  /** Says a new message, or how many there are. */
  announceMessage(sentence: string): void {
    this.#messages.push(sentence);
    this.#plan();
  }

  #plan() {
    if (this.#isWaiting) return;
    this.#isWaiting = true;
    const rest = Math.max(0, this.#lastAt + GAP_MS - this.#clock.now());
    this.#clock.setTimeout(() => this.#sayNext(), rest);
  }

  #sayNext() {
    this.#isWaiting = false;
    this.#lastAt = this.#clock.now();
    this.#options.say(this.#texts.shift() ?? this.#takeMessages());
    if (this.#texts.length || this.#messages.length) this.#plan();
  }

  #takeMessages(): string {
    const [first = '', ...others] = this.#messages.splice(0);
    return others.length ? this.#options.several(others.length + 1) : first;
  }
}
