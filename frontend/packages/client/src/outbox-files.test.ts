import { beforeEach, describe, expect, it } from 'vitest';

import { NetworkError } from './errors.js';
import { settle } from './testing/clock.js';
import { clock, onlineTab, photo, refusal, renew, storage, text, transport } from './testing/outbox.js';

beforeEach(renew);

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
