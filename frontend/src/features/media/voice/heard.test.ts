import { beforeEach, describe, expect, it } from 'vitest';

import { isHeard, markHeard, rereadHeard } from './heard';

beforeEach(() => {
  localStorage.clear();
  rereadHeard();
});

describe('what was heard', () => {
  it('is kept by room and message', () => {
    markHeard(1, 5);
    expect(isHeard(1, 5)).toBe(true);
    expect(isHeard(1, 4)).toBe(false);
    expect(isHeard(2, 5)).toBe(false);
  });

  it('outlives the page', () => {
    markHeard(1, 5);
    rereadHeard();
    expect(isHeard(1, 5)).toBe(true);
  });

  it('stays small: what is older than the 300 last ones counts as heard', () => {
    for (let seq = 10; seq <= 320; seq += 1) markHeard(1, seq);
    expect(isHeard(1, 3)).toBe(true);
    expect(isHeard(1, 320)).toBe(true);
    expect(isHeard(1, 321)).toBe(false);
    const kept = JSON.parse(localStorage.getItem('banter:heard') ?? '{}') as Record<
      string,
      { seqs: number[] }
    >;
    expect(kept['1']?.seqs).toHaveLength(300);
  });

  it('survives a broken entry', () => {
    localStorage.setItem('banter:heard', '{');
    rereadHeard();
    expect(isHeard(1, 1)).toBe(false);
  });
});
