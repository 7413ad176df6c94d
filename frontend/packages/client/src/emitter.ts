/** Typed events. */
export class Emitter<Events> {
  #listeners: { [K in keyof Events]?: Set<(detail: Events[K]) => void> } = {};

  /** Listens; the answer stops it. */
  on<K extends keyof Events>(event: K, listener: (detail: Events[K]) => void): () => void {
    const listeners = (this.#listeners[event] ??= new Set());
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  emit<K extends keyof Events>(event: K, detail: Events[K]) {
    for (const listener of this.#listeners[event] ?? []) {
      try {
        listener(detail);
      } catch (error) {
        // A listener's mistake is the listener's: it is reported, and the others hear the event all the same.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
