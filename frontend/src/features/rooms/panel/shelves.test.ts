import { describe, expect, it } from 'vitest';

import { makeMessage } from '@/testing/builders';
import { type Shelf, laggingOf, mergeShelves } from './shelves';

const shelf = (has: Shelf['has'], ids: number[], isMore: boolean): Shelf => ({
  has,
  isMore,
  hits: ids.map((id) => ({ ...makeMessage({ id }), spans: [] })),
});
const idsOf = (shelves: Shelf[]) => mergeShelves(shelves).map(({ id }) => id);

describe('mergeShelves', () => {
  it('puts several kinds in one row, newest first', () => {
    expect(idsOf([shelf('image', [9, 5], false), shelf('video', [7, 2], false)])).toEqual([9, 7, 5, 2]);
  });

  it('goes no further back than every kind is loaded', () => {
    const shelves = [shelf('image', [9, 8, 7], true), shelf('video', [6, 2], true)];
    expect(idsOf(shelves)).toEqual([9, 8, 7]);
    expect(laggingOf(shelves)?.has).toBe('image');
  });

  it('shows a message that is of two kinds once', () => {
    expect(idsOf([shelf('image', [3], false), shelf('link', [3], false)])).toEqual([3]);
  });

  it('has none that lags when all is loaded', () => {
    expect(laggingOf([shelf('image', [1], false)])).toBeUndefined();
  });
});
