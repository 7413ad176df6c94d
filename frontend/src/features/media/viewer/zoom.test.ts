import { describe, expect, it } from 'vitest';

import { SCALE_MAX, WHOLE, panBy, zoomAt } from './zoom';

const WINDOW = { width: 1000, height: 800 };

describe('zoomAt', () => {
  it('keeps what is under the pointer in its place', () => {
    const point = { x: 100, y: -50 };
    const view = zoomAt(WHOLE, 2, point);
    // The spot of the picture that lay at the point lies there again.
    const spot = { x: (point.x - WHOLE.x) / WHOLE.scale, y: (point.y - WHOLE.y) / WHOLE.scale };
    expect(spot.x * view.scale + view.x).toBe(point.x);
    expect(spot.y * view.scale + view.y).toBe(point.y);
  });

  it('ends at both ends', () => {
    expect(zoomAt(WHOLE, 100).scale).toBe(SCALE_MAX);
    expect(zoomAt({ scale: 2, x: 50, y: 50 }, 0.1)).toEqual(WHOLE);
  });
});

describe('panBy', () => {
  it('moves no further than the edge', () => {
    const view = { scale: 2, x: 0, y: 0 };
    expect(panBy(view, { x: 30, y: -40 }, WINDOW)).toEqual({ scale: 2, x: 30, y: -40 });
    expect(panBy(view, { x: 9000, y: -9000 }, WINDOW)).toEqual({ scale: 2, x: 500, y: -400 });
  });
});
