import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';

import type { OutboxItem } from './outbox-item.js';
import { IndexedDbStorage, MemoryStorage } from './storage.js';

const item = (clientMsgId: string, createdAt: number): OutboxItem => ({
  clientMsgId,
  userId: 1,
  roomId: 7,
  createdAt,
  state: 'waiting',
  draft: { kind: 'text', text: 'hi', mention: [] },
});

describe.each([
  ['memory', () => new MemoryStorage()],
  ['a database', () => new IndexedDbStorage('outbox', new IDBFactory())],
])('a storage in %s', (_where, make) => {
  it('keeps, replaces and removes', async () => {
    const storage = make();
    await storage.put(item('a', 1));
    await storage.put(item('b', 2));
    await storage.put({ ...item('a', 1), state: 'failed' });
    await storage.remove('b');
    await storage.remove('never there');
    expect(await storage.load()).toEqual([{ ...item('a', 1), state: 'failed' }]);
  });
});

describe('a storage in a database', () => {
  it('is shared by all that use its name', async () => {
    const factory = new IDBFactory();
    await new IndexedDbStorage('outbox', factory).put(item('a', 1));
    expect(await new IndexedDbStorage('outbox', factory).load()).toHaveLength(1);
    expect(await new IndexedDbStorage('other', factory).load()).toEqual([]);
  });

  it('keeps files', async () => {
    const factory = new IDBFactory();
    const file = new Blob(['bytes'], { type: 'image/png' });
    const draft = { kind: 'media', file, name: 'a.png', mime: 'image/png' } as const;
    await new IndexedDbStorage('outbox', factory).put({ ...item('a', 1), draft });
    const [loaded] = await new IndexedDbStorage('outbox', factory).load();
    const kept = loaded?.draft.kind === 'media' ? loaded.draft.file : undefined;
    expect(kept?.type).toBe('image/png');
    expect(await kept?.text()).toBe('bytes');
  });

  it('opens again after the browser took the database away', async () => {
    const factory = new IDBFactory();
    const storage = new IndexedDbStorage('outbox', factory);
    await storage.put(item('a', 1));
    await new Promise((resolve) => (factory.deleteDatabase('outbox').onsuccess = resolve));
    await storage.put(item('b', 2));
    expect(await storage.load()).toEqual([item('b', 2)]);
  });

  it('says when it does not open, and tries anew the next time', async () => {
    const factory = new IDBFactory();
    const open = factory.open.bind(factory);
    await new Promise((resolve) => (open('outbox', 2).onsuccess = resolve));
    const storage = new IndexedDbStorage('outbox', factory);
    await expect(storage.load()).rejects.toMatchObject({ name: 'VersionError' });
    factory.open = (name) => open(`${name}-new`, 1);
    await expect(storage.load()).resolves.toEqual([]);
  });
});
