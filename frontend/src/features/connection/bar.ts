import type { Status } from '@banter/client';

/** What the bar under the header shows; null is nothing. */
export type Bar =
  | { kind: 'connecting' }
  /** `seconds` until the next try; null during one. */
  | { kind: 'retrying'; seconds: number | null }
  | { kind: 'offline' }
  | null;

/** Shorter breaks are nobody's business, in milliseconds. */
const QUIET_MS = 3_000;
/** After this long people want to know more, and to do something. */
const COUNTDOWN_MS = 10_000;

/** Since when the connection is broken, given since when it was before this status; null while it is not. */
export function brokenSince(before: number | null, status: Status): number | null {
  const isBroken = status.state === 'connecting' || status.state === 'waiting' || status.state === 'offline';
  return isBroken ? (before ?? status.since) : null;
}

/** What to show at a moment. */
export function barAt(since: number | null, status: Status, now: number): Bar {
  if (since === null || now - since < QUIET_MS) return null;
  if (status.state === 'offline') return { kind: 'offline' };
  if (now - since < COUNTDOWN_MS) return { kind: 'connecting' };
  const wait = status.state === 'waiting' && status.retryAt ? status.retryAt - now : 0;
  return { kind: 'retrying', seconds: wait > 0 ? Math.ceil(wait / 1000) : null };
}

/** When the bar may look different next without another status; null is never. */
export function nextLook(since: number | null, status: Status, now: number): number | null {
  if (since === null) return null;
  for (const threshold of [QUIET_MS, COUNTDOWN_MS]) if (now - since < threshold) return since + threshold;
  if (status.state !== 'waiting' || !status.retryAt || status.retryAt <= now) return null;
  const left = status.retryAt - now;
  return now + (left % 1000 || 1000);
}
