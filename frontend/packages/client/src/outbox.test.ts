import { beforeEach, describe, expect, it } from 'vitest';

import { NetworkError } from './errors.js';
import type { Outbox } from './outbox.js';
import type { Draft } from './outbox-item.js';
import { settle } from './testing/clock.js';
import {
  clock,
  log,
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

const HOUR = 3_600_000;

beforeEach(renew);

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
