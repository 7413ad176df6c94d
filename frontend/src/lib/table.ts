/** A small table in the browser's database. Where there is none, nothing is kept and nothing fails. */
export interface Table<Value> {
  get(key: string): Promise<Value | undefined>;
  put(key: string, value: Value): Promise<void>;
  remove(key: string): Promise<void>;
}

export function openTable<Value>(database: string, name: string): Table<Value> {
  let opened: Promise<IDBDatabase> | undefined;

  const open = () =>
    (opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(database, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(request.error?.message));
    }));

  const run = async <Answer>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<Answer>,
  ): Promise<Answer | undefined> => {
    try {
      const store = (await open()).transaction(name, mode).objectStore(name);
      const request = work(store);
      return await new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(request.error?.message));
      });
    } catch {
      // A private window, or a full disk: the program works without a copy.
      return undefined;
    }
  };

  return {
    get: (key) =>
      run<Value | undefined>('readonly', (store) => store.get(key) as IDBRequest<Value | undefined>),
    put: async (key, value) => {
      await run('readwrite', (store) => store.put(value, key));
    },
    remove: async (key) => {
      await run('readwrite', (store) => store.delete(key));
    },
  };
}
