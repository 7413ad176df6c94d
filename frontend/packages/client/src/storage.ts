/** Where the outbox keeps its items. */

import type { OutboxItem, OutboxStorage } from './outbox-item.js';

/** Keeps items as long as the program runs. */
export class MemoryStorage implements OutboxStorage {
  #items = new Map<string, OutboxItem>();

  load(): Promise<OutboxItem[]> {
    return Promise.resolve([...this.#items.values()]);
  }

  put(item: OutboxItem): Promise<void> {
    this.#items.set(item.clientMsgId, item);
    return Promise.resolve();
  }

  remove(clientMsgId: string): Promise<void> {
    this.#items.delete(clientMsgId);
    return Promise.resolve();
  }
}

const STORE = 'outbox';

/** Keeps items, files included, in the browser's database. */
export class IndexedDbStorage implements OutboxStorage {
  #name: string;
  #factory: IDBFactory;
  #database: Promise<IDBDatabase> | null = null;

  constructor(name = 'banter-outbox', factory: IDBFactory = globalThis.indexedDB) {
    this.#name = name;
    this.#factory = factory;
  }

  load(): Promise<OutboxItem[]> {
    return this.#run('readonly', (store) => store.getAll() as IDBRequest<OutboxItem[]>);
  }

  async put(item: OutboxItem): Promise<void> {
    await this.#run('readwrite', (store) => store.put(item));
  }

  async remove(clientMsgId: string): Promise<void> {
    await this.#run('readwrite', (store) => store.delete(clientMsgId));
  }

  /** Resolves when the transaction is complete, which is later than the request's success. */
  async #run<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const database = await this.#open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = ask(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('the database gave up'));
    });
  }

  #open(): Promise<IDBDatabase> {
    this.#database ??= new Promise((resolve, reject) => {
      const request = this.#factory.open(this.#name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'clientMsgId' });
      request.onerror = () => {
        this.#database = null;
        reject(request.error ?? new Error('the database does not open'));
      };
      request.onsuccess = () => {
        const database = request.result;
        // Browsers take databases away under pressure, and another tab may delete or upgrade this one.
        database.onclose = () => (this.#database = null);
        database.onversionchange = () => {
          database.close();
          this.#database = null;
        };
        resolve(database);
      };
    });
    return this.#database;
  }
}
