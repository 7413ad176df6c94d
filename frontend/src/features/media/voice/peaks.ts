// Loudness over time: many measurements become few numbers, and those the bars that are drawn.

/** Numbers that a message carries. */
export const PEAKS_MAX = 256;
/** Bars of a row. */
export const BARS = 44;

/** The loudest of each of `count` equal parts. */
function loudest(levels: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, part) => {
    const start = Math.floor((part * levels.length) / count);
    const end = Math.max(start + 1, Math.floor(((part + 1) * levels.length) / count));
    return Math.max(...levels.slice(start, end));
  });
}

/** Levels from 0 to 1 as at most 256 integers from 0 to 100. Quiet recordings are drawn larger, silence is not. */
export function peaksOf(levels: readonly number[]): number[] {
  if (levels.length === 0) return [0];
  const peaks = loudest(levels, Math.min(PEAKS_MAX, levels.length));
  const top = Math.max(0.1, ...peaks);
  return peaks.map((level) => Math.round(Math.min(1, Math.max(0, level / top)) * 100));
}

/** Peaks as exactly `count` numbers from 0 to 100. */
export function barsOf(peaks: readonly number[], count = BARS): number[] {
  if (peaks.length === 0) return Array.from({ length: count }, () => 0);
  return loudest(peaks, count);
}

/** Loudness of a piece of sound, 0 to 1, on a scale as ears have it. */
export function levelOf(samples: Uint8Array): number {
  let sum = 0;
  for (const sample of samples) sum += ((sample - 128) / 128) ** 2;
  return Math.min(1, Math.sqrt(Math.sqrt(sum / Math.max(1, samples.length))));
}
