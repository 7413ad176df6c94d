/** Locks that the tabs of a browser share; where there are none, there is only one of us. */
export type Exclusive = <T>(name: string, run: () => Promise<T>) => Promise<T>;

/** The platform's locks, unless others are given; `null` for none. */
export function platformLocks(given: LockManager | null | undefined): LockManager | null {
  return given === undefined ? (globalThis.navigator?.locks ?? null) : given;
}

/** Runs under a lock, where there are any. */
export const exclusive =
  (locks: LockManager | null): Exclusive =>
  (name, run) =>
    locks ? locks.request(name, run) : run();
