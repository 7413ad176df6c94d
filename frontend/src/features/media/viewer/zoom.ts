// Where a picture stands while it is looked at closely. Pure: gestures and keys are elsewhere.

export interface View {
  scale: number;
  /** Of the picture's centre from the window's, in pixels. */
  x: number;
  y: number;
}

export interface Point {
  x: number;
  y: number;
}

export const WHOLE: View = { scale: 1, x: 0, y: 0 };
export const SCALE_MAX = 8;

/** Zooms so that what is under `point` stays there; `point` is counted from the window's centre. */
export function zoomAt(view: View, factor: number, point: Point = { x: 0, y: 0 }): View {
  const scale = Math.min(SCALE_MAX, Math.max(1, view.scale * factor));
  if (scale === 1) return WHOLE;
  const ratio = scale / view.scale;
  return { scale, x: point.x - (point.x - view.x) * ratio, y: point.y - (point.y - view.y) * ratio };
}

/** Moves it, but never so far that one loses it. */
export function panBy(view: View, by: Point, window: { width: number; height: number }): View {
  const reachX = (window.width * (view.scale - 1)) / 2;
  const reachY = (window.height * (view.scale - 1)) / 2;
  const within = (value: number, reach: number) => Math.max(-reach, Math.min(reach, value));
  return { ...view, x: within(view.x + by.x, reachX), y: within(view.y + by.y, reachY) };
}
