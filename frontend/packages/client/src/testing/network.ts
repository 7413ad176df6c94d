import type { OnlineHint } from '../link.js';

/** What the system says about the network. */
export class FakeNetwork implements OnlineHint {
  #isOnline = true;
  #changed = new Set<() => void>();

  isOnline() {
    return this.#isOnline;
  }

  subscribe(changed: () => void) {
    this.#changed.add(changed);
    return () => this.#changed.delete(changed);
  }

  set(isOnline: boolean) {
    this.#isOnline = isOnline;
    for (const changed of this.#changed) changed();
  }
}
