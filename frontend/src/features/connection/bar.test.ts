import type { Status } from '@banter/client';
import { describe, expect, it } from 'vitest';

import { barAt, brokenSince, nextLook } from './bar';

const connecting = (since: number): Status => ({ state: 'connecting', since });
const waiting = (since: number, retryAt: number): Status => ({ state: 'waiting', since, retryAt });
const offline = (since: number): Status => ({ state: 'offline', since });

describe('since when it is broken', () => {
  it('is the first trouble, through all tries', () => {
    let since = brokenSince(null, connecting(100));
    since = brokenSince(since, waiting(200, 900));
    since = brokenSince(since, connecting(900));
    expect(since).toBe(100);
  });

  it('is forgotten once it stands again, or nobody wants it to', () => {
    expect(brokenSince(100, { state: 'online', since: 500 })).toBeNull();
    expect(brokenSince(100, { state: 'stopped', since: 500 })).toBeNull();
    expect(brokenSince(null, { state: 'idle', since: 0 })).toBeNull();
  });
});

describe('the bar', () => {
  it('shows nothing while all is well, and nothing of a break under three seconds', () => {
    expect(barAt(null, { state: 'online', since: 0 }, 99_000)).toBeNull();
    expect(barAt(0, connecting(0), 2_999)).toBeNull();
    expect(barAt(0, offline(0), 2_999)).toBeNull();
  });

  it('says that it connects, whether it tries or waits', () => {
    expect(barAt(0, connecting(0), 3_000)).toEqual({ kind: 'connecting' });
    expect(barAt(0, waiting(2_000, 8_000), 9_999)).toEqual({ kind: 'connecting' });
  });

  it('counts down after ten seconds', () => {
    expect(barAt(0, waiting(9_000, 15_000), 10_000)).toEqual({ kind: 'retrying', seconds: 5 });
    expect(barAt(0, waiting(9_000, 15_000), 14_001)).toEqual({ kind: 'retrying', seconds: 1 });
    expect(barAt(0, connecting(15_000), 15_000)).toEqual({ kind: 'retrying', seconds: null });
  });

  it('says offline when the system is, however long', () => {
    expect(barAt(0, offline(0), 3_000)).toEqual({ kind: 'offline' });
    expect(barAt(0, offline(50_000), 60_000)).toEqual({ kind: 'offline' });
  });
});

describe('the next look', () => {
  it('is at the thresholds, then at each second of the countdown', () => {
    expect(nextLook(0, connecting(0), 0)).toBe(3_000);
    expect(nextLook(0, connecting(0), 3_000)).toBe(10_000);
    expect(nextLook(0, waiting(9_000, 15_500), 10_000)).toBe(10_500);
    expect(nextLook(0, waiting(9_000, 15_500), 10_500)).toBe(11_500);
  });

  it('is never while all is well, during a try, and when the time is up', () => {
    expect(nextLook(null, { state: 'online', since: 0 }, 5)).toBeNull();
    expect(nextLook(0, connecting(12_000), 12_000)).toBeNull();
    expect(nextLook(0, waiting(9_000, 15_000), 15_000)).toBeNull();
  });
});
