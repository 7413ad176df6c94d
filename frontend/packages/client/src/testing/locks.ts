/** Locks that several clients of one test share, as tabs do. */
export class FakeLocks {
  #tails = new Map<string, Promise<unknown>>();
  /** Names in the order in which they were taken. */
  taken: string[] = [];

  request<T>(name: string, run: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(name) ?? Promise.resolve();
    const result = before.then(() => {
      this.taken.push(name);
      return run();
    });
    this.#tails.set(
      name,
      result.catch(() => {}),
    );
    return result;
  }

  /** As the type of the platform, whose other methods nobody calls. */
  get manager(): LockManager {
    return this as unknown as LockManager;
  }
}
