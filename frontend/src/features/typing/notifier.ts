/** While somebody types, others are told no more often, in milliseconds. */
const AGAIN_MS = 1000;
/** Without a key for this long nobody types any more. */
const REST_MS = 5000;

/** Turns what is typed in a room into few words to the others: on, again on, off. */
export class TypingNotifier {
  #send: (on: boolean) => void;
  #sentAt: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (on: boolean) => void) {
    this.#send = send;
  }

  /** Takes the whole text of the field after each change; nothing is left of it after sending. */
  input(text: string): void {
    if (!text.trim()) return this.stop();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.stop(), REST_MS);
    const now = Date.now();
    if (this.#sentAt !== null && now - this.#sentAt < AGAIN_MS) return;
    this.#sentAt = now;
    this.#send(true);
  }

  /** Says that nobody types, if somebody did. */
  stop(): void {
    clearTimeout(this.#timer);
    if (this.#sentAt === null) return;
    this.#sentAt = null;
    this.#send(false);
  }
}
