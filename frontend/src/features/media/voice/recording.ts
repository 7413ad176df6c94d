// The one recording of this page. It outlives the button that began it, since the composer changes meanwhile.
import { chat } from '@/api/client';
import { stampOf } from '../paste';
import type { Capture } from './capture';
import { peaksOf } from './peaks';
import { pause } from './player';

/** Longest recording, in seconds. */
export const SECONDS_MAX = 60;
/** Shorter ones were a slip. */
const SECONDS_MIN = 0.5;
/** Loudnesses that are shown while it runs. */
const SHOWN_MAX = 140;
/** Between two steps of time and level, in milliseconds. */
const TICK_MS = 80;

export type Trouble = 'refused' | 'missing' | 'unsupported';

export interface Recording {
  roomId: number;
  /** `asking` is for the microphone; `preview` is recorded but not sent. */
  phase: 'asking' | 'recording' | 'preview' | 'trouble';
  /** Held: letting go sends. Locked: buttons say what happens. */
  isHeld: boolean;
  /** The finger slid so far that letting go discards. */
  isLeaving: boolean;
  seconds: number;
  /** The last loudnesses, 0 to 1. */
  levels: readonly number[];
  result?: { file: Blob; url: string; peaks: number[] };
  trouble?: Trouble;
}

let recording: Recording | null = null;
let microphone: Capture | undefined;
/** Counts beginnings: a microphone may open after one thought better of it, and began again. */
let attempt = 0;
let startedAt = 0;
let ticker: ReturnType<typeof setInterval> | undefined;
/** The message that the recording answers. */
let replyId: number | undefined;
/** How the last one ended. */
let wasSentLast = false;
const listeners = new Set<() => void>();

function set(next: Recording | null) {
  recording = next;
  listeners.forEach((listener) => listener());
}

function update(change: Partial<Recording>) {
  if (recording) set({ ...recording, ...change });
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const current = (): Recording | null => recording;

export function useRecording(roomId: number): Recording | null {
  return useSyncExternalStore(subscribe, () => (recording?.roomId === roomId ? recording : null));
}

/** True while the room's composer is to show the recorder. */
export function useIsRecording(roomId: number): boolean {
  return useSyncExternalStore(subscribe, () => recording?.roomId === roomId);
}

/** True when the recording that ended last was sent. */
export const wasSent = (): boolean => wasSentLast;

export function answerWith(id: number | undefined): void {
  replyId = id;
}

/** Begins to record for a room; one that was begun elsewhere is discarded. */
export async function start(roomId: number, isHeld: boolean): Promise<void> {
  discard();
  pause();
  attempt += 1;
  const mine = attempt;
  const isMine = () => attempt === mine && recording?.phase === 'asking';
  set({ roomId, phase: 'asking', isHeld, isLeaving: false, seconds: 0, levels: [] });
  try {
    const { canRecord, capture } = await import('./capture');
    if (!isMine()) return;
    if (!canRecord()) return update({ phase: 'trouble', trouble: 'unsupported' });
    const opened = await capture();
    if (!isMine()) return opened.cancel();
    microphone = opened;
    startedAt = performance.now();
    ticker = setInterval(tick, TICK_MS);
    update({ phase: 'recording' });
  } catch (error) {
    if (isMine()) update({ phase: 'trouble', trouble: troubleOf(error) });
  }
}

function troubleOf(error: unknown): Trouble {
  const isRefusal =
    error instanceof DOMException && ['NotAllowedError', 'SecurityError'].includes(error.name);
  return isRefusal ? 'refused' : 'missing';
}

function tick() {
  const seconds = (performance.now() - startedAt) / 1000;
  update({ seconds: Math.min(SECONDS_MAX, seconds), levels: microphone?.levels.slice(-SHOWN_MAX) ?? [] });
  if (seconds >= SECONDS_MAX) void halt();
}

/** A held recording goes on without being held. */
export function lock(): void {
  update({ isHeld: false, isLeaving: false });
}

export function setLeaving(isLeaving: boolean): void {
  if (recording?.isLeaving !== isLeaving) update({ isLeaving });
}

/** Ends the recording, to be heard before it is sent. */
export async function halt(): Promise<void> {
  const ended = await finish();
  if (ended) set({ ...ended, phase: 'preview', isHeld: false, isLeaving: false });
}

/** Closes the microphone; the answer has the result. */
async function finish(): Promise<Recording | null> {
  const taken = microphone;
  const before = recording;
  if (!taken || !before) return null;
  microphone = undefined;
  clearInterval(ticker);
  const peaks = peaksOf(taken.levels);
  const file = await taken.stop();
  if (recording?.roomId !== before.roomId) return null;
  return { ...before, result: { file, url: URL.createObjectURL(file), peaks } };
}

/** Sends what is recorded. What was too short to be meant is discarded. */
export async function send(): Promise<void> {
  if (!recording) return;
  if (recording.phase === 'recording' && recording.seconds < SECONDS_MIN) {
    // Nobody can have meant to send it. Held, it was a slip; locked, it goes on.
    return recording.isHeld ? discard() : undefined;
  }
  const done = recording.result ? recording : await finish();
  if (!done?.result) return;
  const { roomId, seconds, result } = done;
  const extension = result.file.type.split('/')[1] ?? 'webm';
  chat.outbox.send(roomId, {
    kind: 'media',
    file: result.file,
    name: `voice-${stampOf(new Date()).replace(' ', '-')}.${extension}`,
    mime: result.file.type,
    duration: Math.round(seconds * 100) / 100,
    peaks: result.peaks,
    replyId,
  });
  end(result.url, true);
}

/** Throws away what is recorded. */
export function discard(): void {
  clearInterval(ticker);
  microphone?.cancel();
  microphone = undefined;
  if (recording) end(recording.result?.url, false);
}

function end(url: string | undefined, isSent: boolean) {
  wasSentLast = isSent;
  if (url) URL.revokeObjectURL(url);
  replyId = undefined;
  set(null);
}
