import { describe, expect, it } from 'vitest';

import { fit, sourcesOf } from './fit';

describe('fit', () => {
  it('keeps the shape within 400 by 320', () => {
    expect(fit(4000, 3000)).toEqual({ width: 400, height: 300 });
    expect(fit(1000, 2000)).toEqual({ width: 160, height: 320 });
  });

  it('does not blow up small pictures, but leaves something to hit', () => {
    expect(fit(120, 90)).toEqual({ width: 120, height: 90 });
    expect(fit(16, 16)).toEqual({ width: 56, height: 56 });
    expect(fit(4000, 100)).toEqual({ width: 400, height: 56 });
  });

  it('reserves room where nothing is known', () => {
    expect(fit()).toEqual({ width: 320, height: 180 });
  });
});

describe('sourcesOf', () => {
  it('names the preview by its real width', () => {
    expect(sourcesOf('/a', '/s', 1000, 2000)).toBe('/s 240w, /a 1000w');
  });

  it('has one source where the picture is no larger than its preview', () => {
    expect(sourcesOf('/a', '/s', 300, 200)).toBeUndefined();
    expect(sourcesOf('/a', undefined, 3000, 200)).toBeUndefined();
  });
});
