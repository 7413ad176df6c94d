/** Largest size of a picture in the flow, in pixels. */
const WIDTH_MAX = 400;
const HEIGHT_MAX = 320;
/** So that a speck can still be hit, and a sign fits on it. */
const SIDE_MIN = 56;

/** The room that a picture takes, known before its bytes are here. Small ones are not blown up. */
export function fit(width = 320, height = 180): { width: number; height: number } {
  const scale = Math.min(1, WIDTH_MAX / width, HEIGHT_MAX / height);
  return {
    width: Math.max(SIDE_MIN, Math.round(width * scale)),
    height: Math.max(SIDE_MIN, Math.round(height * scale)),
  };
}

/** Longest side of the server's previews, in pixels. */
const PREVIEW_SIDE = 480;

/** Both pictures with their widths, so that the browser takes the large one only where it shows. */
export function sourcesOf(
  url: string,
  thumbnail: string | undefined,
  width = 0,
  height = 0,
): string | undefined {
  const scale = PREVIEW_SIDE / Math.max(width, height, 1);
  if (!thumbnail || scale >= 1) return undefined;
  return `${thumbnail} ${Math.round(width * scale)}w, ${url} ${width}w`;
}
