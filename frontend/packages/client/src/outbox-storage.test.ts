import 'fake-indexeddb/auto';

import { beforeEach, describe, expect, it } from 'vitest';

import { IndexedDbStorage } from './storage.js';
import { settle } from './testing/clock.js';
import { FakeLocks } from './testing/locks.js';
import {
  keepIn,
  makeTab,
  onlineTab,
  photo,
  refusal,
  renew,
  states,
  storage,
  text,
  transport,
} from './testing/outbox.js';
import { FakeTransport } from './testing/transport.js';

beforeEach(renew);

/** Waits for something that takes turns of the machine, such as a database. */
async function until(isSo: () => boolean | Promise<boolean>) {
  for (let turn = 0; turn < 200; turn++) {
    if (await isSo()) return;
    await settle();
  }
  throw new Error('it never came to be');
}

describe('stopping', () => {
  it('ends uploads and empties the list, but not the storage', async () => {
    const { outbox, lists } = makeTab();
    await outbox.start(1);
    await outbox.goOnline();
    outbox.send(7, photo('a'));
    await settle();
    outbox.stop();
    expect(transport.uploads[0]?.asked.signal?.aborted).toBe(true);
    await settle();
    expect(outbox.items).toEqual([]);
    expect(lists.at(-1)).toEqual([]);
    expect(await storage.load()).toMatchObject([{ state: 'waiting' }]);
  });

  it('leaves what others have written alone', async () => {
    const first = await onlineTab();
    first.goOffline();
    first.send(7, text('of one'));
    await settle();
    first.stop();
    await first.start(2);
    await first.goOnline();
    await settle();
    expect(first.items).toEqual([]);
    expect(transport.sends).toEqual([]);
    first.stop();
    await first.start(1);
    await first.goOnline();
    await settle();
    expect(transport.texts).toEqual(['of one']);
  });
});

describe('after a reload', () => {
  const database = () => new IndexedDbStorage(`outbox-${Math.random()}`);

  it('messages and files are still there, and go in order', async () => {
    keepIn(database());
    const before = makeTab().outbox;
    await before.start(1);
    before.send(7, text('one'));
    before.send(7, photo('two'));
    before.send(7, text('three'));
    await until(async () => (await storage.load()).length === 3);

    const after = makeTab().outbox;
    await after.start(1);
    expect(after.items.map(({ draft }) => (draft.kind === 'text' ? draft.text : draft.name))).toEqual([
      'one',
      'two',
      'three',
    ]);
    await after.goOnline();
    await until(() => transport.uploads.length === 1);
    await expect(transport.uploads[0]?.asked.file.text()).resolves.toBe('two');
    transport.take();
    for (let count = 1; count <= 3; count++) {
      await until(() => transport.sends.length === count);
      transport.store();
    }
    await until(async () => (await storage.load()).length === 0);
    expect(transport.texts).toEqual(['one', 'two', 'three']);
  });

  it('an upload that was done need not be repeated', async () => {
    keepIn(database());
    const before = await onlineTab();
    before.send(7, photo('a'));
    await until(() => transport.uploads.length === 1);
    transport.take();
    await until(() => transport.sends.length === 1);

    const after = new FakeTransport();
    const outbox = makeTab(undefined, after).outbox;
    await outbox.start(1);
    await outbox.goOnline();
    await until(() => after.sends.length === 1);
    expect(after.uploads).toEqual([]);
    expect(after.sends[0]?.asked.clientMsgId).toBe(transport.sends[0]?.asked.clientMsgId);
  });

  it('what failed is still failed, and what was being sent waits', async () => {
    const before = await onlineTab();
    before.send(7, text('one'));
    await settle();
    transport.sends[0]?.reject(refusal(403));
    before.send(7, text('two'));
    await settle();
    const after = makeTab().outbox;
    await after.start(1);
    expect(states(after)).toEqual(['failed', 'waiting']);
  });
});

describe('two tabs', () => {
  it('do not send or upload the same at once', async () => {
    const locks = new FakeLocks();
    const [one, other] = [new FakeTransport(), new FakeTransport()];
    const first = await onlineTab(locks, one);
    first.send(7, photo('a'));
    await settle();
    const second = await onlineTab(locks, other);
    await settle();
    expect(second.items).toHaveLength(1);
    expect(other.uploads).toEqual([]);
    one.take();
    await settle();
    expect(one.sends.length + other.sends.length).toBe(1);
    expect(other.uploads).toEqual([]);
  });

  it('take over from each other', async () => {
    const locks = new FakeLocks();
    const other = new FakeTransport();
    const first = await onlineTab(locks);
    first.goOffline();
    first.send(7, text('left behind'));
    await settle();
    first.stop();
    const second = await onlineTab(locks, other);
    await settle();
    expect(other.texts).toEqual(['left behind']);
    expect(second.items).toHaveLength(1);
  });

  it('keep one order', async () => {
    const locks = new FakeLocks();
    const other = new FakeTransport();
    const first = await onlineTab(locks);
    const second = await onlineTab(locks, other);
    first.send(7, text('one'));
    await settle();
    second.send(7, text('two'));
    await settle();
    expect(other.sends).toEqual([]);
    transport.store();
    await settle();
    expect(other.texts).toEqual(['two']);
  });

  it('notice what the other one has sent', async () => {
    const locks = new FakeLocks();
    const first = await onlineTab(locks);
    first.send(7, text('one'));
    await settle();
    const { outbox: second } = makeTab(locks, new FakeTransport());
    await second.start(1);
    expect(second.items).toHaveLength(1);
    transport.store();
    await settle();
    await second.goOnline();
    expect(second.items).toEqual([]);
  });
});

describe('the list and its storage', () => {
  it('do not show one user what was read for another', async () => {
    const outbox = await onlineTab();
    outbox.goOffline();
    outbox.send(7, text('of one'));
    await settle();
    const read = storage.load.bind(storage);
    let finish = () => {};
    storage.load = () => new Promise((resolve) => (finish = () => void read().then(resolve)));
    const first = outbox.start(1);
    const answerFirst = finish;
    storage.load = read;
    await outbox.start(2);
    answerFirst();
    await first;
    expect(outbox.items).toEqual([]);
  });

  it('do not bring back what was removed while the storage was read', async () => {
    const { outbox, lists } = makeTab();
    await outbox.start(1);
    const { clientMsgId } = outbox.send(7, text('one'));
    await settle();
    const read = storage.load.bind(storage);
    storage.load = async () => {
      const items = await read();
      outbox.discard(clientMsgId);
      await settle();
      return items;
    };
    lists.length = 0;
    await outbox.goOnline();
    await settle();
    expect(lists.flat()).toEqual([]);
    expect(transport.sends).toEqual([]);
  });

  it('do not lose what was added while the storage was read', async () => {
    const outbox = await onlineTab();
    const read = storage.load.bind(storage);
    storage.load = async () => {
      const items = await read();
      storage.load = read;
      outbox.send(7, text('one'));
      await settle();
      return items;
    };
    await outbox.goOnline();
    expect(outbox.items).toHaveLength(1);
  });
});
