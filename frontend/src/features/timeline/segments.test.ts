import { expect, test } from 'vitest';

import { insertSorted, segmentAt } from './segments';

test('numbers find their place, wherever it is', () => {
  const list: number[] = [];
  for (const value of [5, 9, 1, 7, 10, 2]) insertSorted(list, value);
  expect(list).toEqual([1, 2, 5, 7, 9, 10]);
});

test('a segment ends where a number is missing', () => {
  const seqs = [1, 2, 3, 7, 8, 20];
  expect(segmentAt(seqs, null)).toEqual([5, 6]);
  expect(segmentAt(seqs, 2)).toEqual([0, 3]);
  expect(segmentAt(seqs, 7)).toEqual([3, 5]);
});

test('an anchor that is not loaded stands for the next message that is', () => {
  expect(segmentAt([4, 5, 9], 7)).toEqual([2, 3]);
  expect(segmentAt([4, 5, 9], 11)).toEqual([2, 3]);
  expect(segmentAt([], 3)).toEqual([0, 0]);
});
