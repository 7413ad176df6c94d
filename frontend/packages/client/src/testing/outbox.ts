/** Outboxes for tests, and what they share: a clock, a storage, a way to the server. */

import { ApiError } from '../errors.js';
import { exclusive } from '../locks.js';
import { Outbox } from '../outbox.js';
import type { Draft, MediaDraft, OutboxItem, OutboxStorage } from '../outbox-item.js';
import { MemoryStorage } from '../storage.js';
import { FakeClock } from './clock.js';
import type { FakeLocks } from './locks.js';
import { FakeTransport } from './transport.js';

export let clock: FakeClock;
export let storage: OutboxStorage;
export let transport: FakeTransport;
/** Whether what was stored was still in the list then. */
export let log: string[];

/** For `beforeEach`: all of it anew. */
export function renew() {
  clock = new FakeClock();
  storage = new MemoryStorage();
  transport = new FakeTransport();
  log = [];
}

/** Lets outboxes keep their items elsewhere from now on. */
export function keepIn(place: OutboxStorage) {
  storage = place;
}

export interface Tab {
  outbox: Outbox;
  lists: OutboxItem[][];
}

/** What one page has; those of one browser share storage and locks. */
export function makeTab(locks?: FakeLocks, way: FakeTransport = transport): Tab {
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

export async function onlineTab(locks?: FakeLocks, way?: FakeTransport): Promise<Outbox> {
  const { outbox } = makeTab(locks, way);
  await outbox.start(1);
  await outbox.goOnline();
  return outbox;
}

export const text = (words: string): Draft => ({ kind: 'text', text: words, mention: [] });

export const photo = (name: string): MediaDraft => ({
  kind: 'media',
  file: new Blob([name]),
  name,
  mime: 'image/jpeg',
});

export const refusal = (status: number, retryAfter?: number) =>
  new ApiError('no', { code: status, status, retryAfter });

export const states = (outbox: Outbox) => outbox.items.map(({ state }) => state);
