import { describe, expect, it } from 'vitest';

import { BARS, PEAKS_MAX, barsOf, levelOf, peaksOf } from './peaks';

describe('peaksOf', () => {
  it('gives at most 256 whole numbers from 0 to 100', () => {
    const peaks = peaksOf(Array.from({ length: 1200 }, (_, index) => Math.abs(Math.sin(index))));
    expect(peaks).toHaveLength(PEAKS_MAX);
    expect(peaks.every((peak) => Number.isInteger(peak) && peak >= 0 && peak <= 100)).toBe(true);
    expect(Math.max(...peaks)).toBe(100);
  });

  it('keeps one loud moment among many quiet ones', () => {
    const levels = Array.from({ length: 1000 }, () => 0.1);
    levels[500] = 0.9;
    expect(peaksOf(levels).filter((peak) => peak === 100)).toHaveLength(1);
  });

  it('draws a quiet recording larger, but not silence', () => {
    expect(peaksOf([0.1, 0.2])).toEqual([50, 100]);
    expect(peaksOf([0.002, 0.001])).toEqual([2, 1]);
  });

  it('has something to say of a recording without measurements', () => {
    expect(peaksOf([])).toEqual([0]);
  });
});

describe('barsOf', () => {
  it('always gives as many bars as a row has', () => {
    for (const length of [0, 1, 3, 44, 45, 256]) {
      expect(barsOf(Array.from({ length }, () => 7))).toHaveLength(BARS);
    }
  });

  it('keeps the shape', () => {
    expect(barsOf([0, 100], 4)).toEqual([0, 0, 100, 100]);
    expect(barsOf([1, 9, 2, 3], 2)).toEqual([9, 3]);
  });
});

describe('levelOf', () => {
  it('goes from silence to the loudest', () => {
    expect(levelOf(new Uint8Array(8).fill(128))).toBe(0);
    expect(levelOf(Uint8Array.from([0, 0, 0, 0]))).toBe(1);
  });
});
