import { expect, it } from 'vitest';

import { Backoff } from './backoff.js';

const waits = (backoff: Backoff, count: number) => Array.from({ length: count }, () => backoff.next());

it('doubles from half a second to half a minute', () => {
  expect(waits(new Backoff(() => 0), 8)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
});

it('adds chance, up to half as much again', () => {
  expect(waits(new Backoff(() => 1), 8)).toEqual([750, 1_500, 3_000, 6_000, 12_000, 24_000, 30_000, 30_000]);
});

it('begins anew', () => {
  const backoff = new Backoff(() => 0);
  waits(backoff, 5);
  backoff.reset();
  expect(backoff.next()).toBe(500);
});

it('stays finite', () => {
  const backoff = new Backoff(() => 1);
  waits(backoff, 5_000);
  expect(backoff.next()).toBe(30_000);
});
