import 'fake-indexeddb/auto';

import { beforeEach, describe, expect, it } from 'vitest';

import { ApiError, NetworkError } from './errors.js';
import { exclusive } from './locks.js';
import { Outbox } from './outbox.js';
import type { Draft, MediaDraft, OutboxItem, OutboxStorage } from './outbox-item.js';
import { IndexedDbStorage, MemoryStorage } from './storage.js';
import { FakeClock, settle } from './testing/clock.js';
import { FakeLocks } from './testing/locks.js';
import { FakeTransport } from './testing/transport.js';

const HOUR = 3_600_000;

let clock: FakeClock;
let storage: OutboxStorage;
let transport: FakeTransport;
let log: string[];

beforeEach(() => {
  clock = new FakeClock();
  storage = new MemoryStorage();
  transport = new FakeTransport();
  log = [];
});

interface Tab {
  outbox: Outbox;
  lists: OutboxItem[][];
}

/** What one page has; those of one browser share storage and locks. */
function makeTab(locks?: FakeLocks, way: FakeTransport = transport): Tab {
  const lists: OutboxItem[][] = [];
  const outbox = new Outbox({
    storage,
    transport: way,
    clock,
    random: () => 0,
    exclusive: exclusive(locks?.manager ?? null),
    stored: ({ clientMsgId }) => {
      const isListed = outbox.items.some((item) => item.clientMsgId === clientMsgId);
      log.push(`stored, ${isListed ? 'still' : 'not'} in the list`);
    },
    changed: (items) => lists.push(items),
  });
  return { outbox, lists };
}

async function onlineTab(locks?: FakeLocks, way?: FakeTransport): Promise<Outbox> {
  const { outbox } = makeTab(locks, way);
  await outbox.start(1);
  await outbox.goOnline();
  return outbox;
}

const text = (words: string): Draft => ({ kind: 'text', text: words, mention: [] });

const photo = (name: string): MediaDraft => ({
  kind: 'media',
  file: new Blob([name]),
  name,
  mime: 'image/jpeg',
});

const refusal = (status: number, retryAfter?: number) =>
  new ApiError('no', { code: status, status, retryAfter });
const states = (outbox: Outbox) => outbox.items.map(({ state }) => state);

/** Waits for something that takes turns of the machine, such as a database. */
async function until(isSo: () => boolean | Promise<boolean>) {
  for (let turn = 0; turn < 200; turn++) {
    if (await isSo()) return;
    await settle();
  }
  throw new Error('it never came to be');
}

describe('sending', () => {
  it('answers at once, keeps the message, and then sends it', async () => {
    const outbox = await onlineTab();
    const item = outbox.send(7, { kind: 'text', text: 'hi', mention: [3], replyId: 9 });
    expect(item).toMatchObject({ userId: 1, roomId: 7, state: 'waiting', createdAt: clock.now() });
    expect(outbox.items).toEqual([item]);
    expect(transport.sends).toEqual([]);
    await settle();
    expect(await storage.load()).toEqual([item]);
    expect(transport.sends[0]?.asked).toEqual({
      channelId: 7,
      contentType: 'TEXT_MESSAGE',
      textMessage: { text: 'hi', mention: [3] },
      clientMsgId: item.clientMsgId,
      replyId: 9,
    });
    expect(states(outbox)).toEqual(['sending']);
  });

  it('does not send what is not kept yet', async () => {
    const outbox = await onlineTab();
    const put = storage.put.bind(storage);
    let kept = () => {};
    storage.put = (item) => new Promise((resolve) => (kept = () => void put(item).then(resolve)));
    outbox.send(7, text('hi'));
    await settle();
    await outbox.goOnline();
    await settle();
    expect(transport.sends).toEqual([]);
    kept();
    await settle();
    expect(transport.texts).toEqual(['hi']);
  });

  it('goes on in one room while another one begins', async () => {
    const outbox = await onlineTab();
    outbox.send(7, text('one'));
    await settle();
    outbox.send(8, text('two'));
    await settle();
    expect(states(outbox)).toEqual(['sending', 'sending']);
  });

  it('gives each message an id of its own', async () => {
    const outbox = await onlineTab();
    const ids = Array.from({ length: 100 }, () => outbox.send(7, text('hi')).clientMsgId);
    expect(new Set(ids).size).toBe(100);
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
  });

  it('hands the stored message on before its item leaves', async () => {
    const outbox = await onlineTab();
    outbox.send(7, text('hi'));
    await settle();
    transport.store();
    await settle();
    expect(log).toEqual(['stored, still in the list']);
    expect(outbox.items).toEqual([]);
    expect(await storage.load()).toEqual([]);
  });

  it('keeps the order within a room, one after the other', async () => {
    const outbox = await onlineTab();
    for (const words of ['one', 'two', 'three']) outbox.send(7, text(words));
    await settle();
    expect(transport.texts).toEqual(['one']);
    transport.store();
    await settle();
    transport.store();
    await settle();
    expect(transport.texts).toEqual(['one', 'two', 'three']);
  });

  it('does not let rooms wait for each other', async () => {
    const outbox = await onlineTab();
    outbox.send(7, text('one'));
    outbox.send(8, text('two'));
    await settle();
    expect(transport.texts).toEqual(['one', 'two']);
  });

  it('takes what is said while the last answer comes in', async () => {
    const outbox = await onlineTab();
    outbox.send(7, text('one'));
    await settle();
    transport.store();
    // Each turn of the lane is a chance to miss it.
    for (let turn = 0; turn < 20; turn++) {
      outbox.send(7, text(`more ${turn}`));
      await Promise.resolve();
    }
    for (let turn = 1; turn <= 20; turn++) {
      await settle();
      transport.store();
    }
    await settle();
    expect(transport.sends).toHaveLength(21);
    expect(outbox.items).toEqual([]);
  });

  it('needs somebody', () => {
    expect(() => makeTab().outbox.send(7, text('hi'))).toThrow('not started');
  });

  it('goes on when the storage takes nothing', async () => {
    storage.put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    const outbox = await onlineTab();
    outbox.send(7, text('hi'));
    await settle();
    expect(transport.texts).toEqual(['hi']);
    await outbox.goOnline();
    expect(outbox.items).toHaveLength(1);
  });

  it('goes on when the storage cannot be read', async () => {
    storage.load = () => Promise.reject(new DOMException('gone', 'InvalidStateError'));
    const outbox = await onlineTab();
    outbox.send(7, text('hi'));
    await settle();
    expect(transport.texts).toEqual(['hi']);
  });
});

describe('without a network', () => {
  it('messages wait, and go in order when it is back', async () => {
    const { outbox } = makeTab();
    await outbox.start(1);
    outbox.send(7, text('one'));
    outbox.send(7, text('two'));
    await clock.pass(HOUR);
    expect(states(outbox)).toEqual(['waiting', 'waiting']);
    expect(transport.sends).toEqual([]);
    await outbox.goOnline();
    await settle();
    transport.store();
    await settle();
    expect(transport.texts).toEqual(['one', 'two']);
  });

  it('a message that was on its way waits again, and is sent again under the same id', async () => {
    const outbox = await onlineTab();
    outbox.send(7, text('one'));
    outbox.send(7, text('two'));
    await settle();
    outbox.goOffline();
    transport.sends[0]?.reject(new NetworkError('lost'));
    await settle();
    expect(states(outbox)).toEqual(['waiting', 'waiting']);
    await clock.pass(HOUR);
    expect(transport.sends).toHaveLength(1);
    await outbox.goOnline();
    await settle();
    expect(transport.texts).toEqual(['one', 'one']);
    expect(transport.sends[1]?.asked.clientMsgId).toBe(transport.sends[0]?.asked.clientMsgId);
  });

  it('nothing more is sent, even when the last answer still came', async () => {
    const outbox = await onlineTab();
    outbox.send(7, text('one'));
    outbox.send(7, text('two'));
    await settle();
    outbox.goOffline();
    transport.store();
    await settle();
    expect(transport.texts).toEqual(['one']);
    expect(states(outbox)).toEqual(['waiting']);
  });

  it('a message fails after a day', async () => {
    const { outbox } = makeTab();
    await outbox.start(1);
    outbox.send(7, text('one'));
    await clock.pass(24 * HOUR - 1);
    expect(states(outbox)).toEqual(['waiting']);
    await clock.pass(1);
    expect(outbox.items[0]).toMatchObject({ state: 'failed', error: { code: 408 } });
    await outbox.goOnline();
    await settle();
    expect(transport.sends).toEqual([]);
  });

  it('a message that turns out to be stored goes, and lets the next one go', async () => {
    const outbox = await onlineTab();
    const { clientMsgId } = outbox.send(7, text('one'));
    outbox.send(7, text('two'));
    await settle();
    transport.sends[0]?.reject(new NetworkError('lost'));
    await settle();
    outbox.confirm(clientMsgId);
    await settle();
    expect(transport.texts).toEqual(['one', 'two']);
    expect(outbox.items).toHaveLength(1);
  });
});

describe('an answer of the server', () => {
  it.each([400, 403, 404, 409, 413])('with status %d makes the message fail', async (status) => {
    const outbox = await onlineTab();
    outbox.send(7, text('one'));
    outbox.send(7, text('two'));
    await settle();
    transport.sends[0]?.reject(refusal(status));
    await settle();
    expect(outbox.items[0]).toMatchObject({ state: 'failed', error: { code: status, message: 'no' } });
    expect(transport.texts).toEqual(['one', 'two']);
    expect(await storage.load()).toMatchObject([{ state: 'failed' }, { state: 'waiting' }]);
  });

  it.each([401, 429, 500, 503])('with status %d makes it wait, and all behind it', async (status) => {
    const outbox = await onlineTab();
    outbox.send(7, text('one'));
    outbox.send(7, text('two'));
    await settle();
    transport.sends[0]?.reject(refusal(status));
    await clock.pass(499);
    expect(states(outbox)).toEqual(['waiting', 'waiting']);
    expect(transport.sends).toHaveLength(1);
    await clock.pass(1);
    expect(transport.texts).toEqual(['one', 'one']);
    transport.sends[1]?.reject(refusal(status));
    await clock.pass(999);
    expect(transport.sends).toHaveLength(2);
    await clock.pass(1);
    expect(transport.sends).toHaveLength(3);
  });

  it('says how long to wait, and a new connection does not shorten it', async () => {
    const outbox = await onlineTab();
    outbox.send(7, text('one'));
    await settle();
    transport.sends[0]?.reject(refusal(429, 7));
    await clock.pass(6_000);
    await outbox.goOnline();
    await clock.pass(999);
    expect(transport.sends).toHaveLength(1);
    await clock.pass(1);
    expect(transport.sends).toHaveLength(2);
  });
});

describe('a failed message', () => {
  async function failed(draft: Draft = text('one')): Promise<Outbox> {
    const outbox = await onlineTab();
    outbox.send(7, draft);
    await settle();
    if (draft.kind === 'media') transport.take();
    await settle();
    transport.sends[0]?.reject(refusal(403));
    await settle();
    return outbox;
  }

  const firstId = (outbox: Outbox) => outbox.items[0]?.clientMsgId ?? '';

  it('is tried again on demand, as the newest of its room', async () => {
    const outbox = await failed();
    outbox.send(7, text('two'));
    await settle();
    outbox.retry(firstId(outbox));
    expect(outbox.items.map(({ state, error }) => [state, error])).toEqual([
      ['sending', undefined],
      ['waiting', undefined],
    ]);
    transport.store(1);
    await settle();
    expect(transport.texts).toEqual(['one', 'two', 'one']);
  });

  it('has a day again', async () => {
    const { outbox } = makeTab();
    await outbox.start(1);
    outbox.send(7, text('one'));
    await clock.pass(24 * HOUR);
    outbox.retry(firstId(outbox));
    await clock.pass(23 * HOUR);
    expect(states(outbox)).toEqual(['waiting']);
  });

  it('uploads its file anew', async () => {
    const outbox = await failed(photo('a.jpg'));
    outbox.retry(firstId(outbox));
    await settle();
    expect(transport.uploads).toHaveLength(2);
  });

  it('is dropped on demand', async () => {
    const outbox = await failed();
    outbox.discard(firstId(outbox));
    await settle();
    expect(outbox.items).toEqual([]);
    expect(await storage.load()).toEqual([]);
  });

  it('is not tried again while it is on its way', async () => {
    const outbox = await onlineTab();
    const { clientMsgId } = outbox.send(7, text('one'));
    await settle();
    outbox.retry(clientMsgId);
    await settle();
    expect(states(outbox)).toEqual(['sending']);
    expect(transport.sends).toHaveLength(1);
  });
});

describe('files', () => {
  it('are uploaded, then sent by their URL', async () => {
    const outbox = await onlineTab();
    outbox.send(7, { ...photo('a.jpg'), caption: 'look', duration: 2.5, peaks: [1, 99] });
    await settle();
    expect(transport.uploads[0]?.asked).toMatchObject({ name: 'a.jpg', scene: 'message' });
    expect(transport.sends).toEqual([]);
    expect(outbox.items[0]).toMatchObject({ state: 'uploading', progress: 0 });
    transport.uploads[0]?.asked.onProgress?.(1, 4);
    expect(outbox.items[0]).toMatchObject({ state: 'uploading', progress: 0.25 });
    transport.take();
    await settle();
    expect(transport.sends[0]?.asked).toMatchObject({
      contentType: 'MEDIA_MESSAGE',
      mediaMessage: { url: '/uploads/0', name: 'a.jpg', text: 'look', duration: 2.5, peaks: [1, 99] },
    });
  });

  it('run ahead, at most three at once, but are sent in order', async () => {
    const outbox = await onlineTab();
    for (const name of ['a', 'b', 'c', 'd']) outbox.send(7, photo(name));
    outbox.send(7, text('e'));
    await settle();
    expect(transport.uploads.map(({ asked }) => asked.name)).toEqual(['a', 'b', 'c']);
    transport.take(1);
    await settle();
    expect(transport.uploads.map(({ asked }) => asked.name)).toEqual(['a', 'b', 'c', 'd']);
    expect(transport.sends).toEqual([]);
    for (const index of [3, 2, 0]) transport.take(index);
    for (let count = 1; count <= 5; count++) {
      await settle();
      expect(transport.sends).toHaveLength(count);
      transport.store();
    }
    expect(transport.texts).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('let the next message go when they are refused', async () => {
    const outbox = await onlineTab();
    outbox.send(7, photo('a'));
    outbox.send(7, text('b'));
    await settle();
    transport.uploads[0]?.reject(refusal(415));
    await settle();
    expect(outbox.items[0]).toMatchObject({ state: 'failed', error: { code: 415 } });
    expect(transport.texts).toEqual(['b']);
  });

  it('are tried again when the network was lost', async () => {
    const outbox = await onlineTab();
    outbox.send(7, photo('a'));
    await settle();
    transport.uploads[0]?.reject(new NetworkError('lost'));
    await settle();
    expect(outbox.items[0]).toMatchObject({ state: 'waiting', progress: undefined });
    await clock.pass(500);
    expect(transport.uploads).toHaveLength(2);
  });

  it('stop on demand', async () => {
    const outbox = await onlineTab();
    const { clientMsgId } = outbox.send(7, photo('a'));
    outbox.send(7, text('b'));
    await settle();
    outbox.discard(clientMsgId);
    expect(transport.uploads[0]?.asked.signal?.aborted).toBe(true);
    await settle();
    expect(transport.texts).toEqual(['b']);
    expect(await storage.load()).toHaveLength(1);
  });

  it('are not uploaded again after the message could not be sent', async () => {
    const outbox = await onlineTab();
    outbox.send(7, photo('a'));
    await settle();
    transport.take();
    await settle();
    transport.sends[0]?.reject(new NetworkError('lost'));
    await clock.pass(500);
    expect(transport.uploads).toHaveLength(1);
    expect(transport.sends).toHaveLength(2);
  });
});

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
    storage = database();
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
    storage = database();
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
