import type { OutboxItem, OutboxStorage } from './outbox-item.js';

/** Keeps items as long as the program runs. */
export declare class MemoryStorage implements OutboxStorage {
  load(): Promise<OutboxItem[]>;
  put(item: OutboxItem): Promise<void>;
  remove(clientMsgId: string): Promise<void>;
}

/** Keeps items, files included, in the browser's database. */
export declare class IndexedDbStorage implements OutboxStorage {
  constructor(name?: string, factory?: IDBFactory);
  load(): Promise<OutboxItem[]>;
  put(item: OutboxItem): Promise<void>;
  remove(clientMsgId: string): Promise<void>;
}
