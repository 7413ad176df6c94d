// The one sound that plays, whichever room or page is open.
import { markHeard } from './heard';

export interface Track {
  roomId: number;
  seq?: number;
  clientMsgId?: string;
  /** Who speaks; null where they are gone. */
  userId: number | null;
  /** Instead of a person, for sounds that are files. */
  title?: string;
  url: string;
  /** Seconds, as the message says: recordings themselves often do not know. */
  duration: number;
}

export interface Playback {
  track: Track | null;
  isPlaying: boolean;
  /** Seconds. */
  time: number;
  hasFailed: boolean;
}

/** Finds what is played after a track has ended. */
export type Next = (track: Track) => Track | null;

const RATES = [1, 1.5, 2] as const;
export type Rate = (typeof RATES)[number];

const RATE_KEY = 'banter:voice-rate';
/** Between two steps of the shown time, in milliseconds. */
const TICK_MS = 80;

const IDLE: Playback = { track: null, isPlaying: false, time: 0, hasFailed: false };

let playback = IDLE;
let rate: Rate = readRate();
let next: Next | undefined;
let element: HTMLAudioElement | undefined;
let ticker: ReturnType<typeof setInterval> | undefined;
/** Where to begin once the recording can be read. */
let startAt = 0;
const listeners = new Set<() => void>();

function readRate(): Rate {
  try {
    const kept = Number(localStorage.getItem(RATE_KEY));
    return RATES.find((known) => known === kept) ?? 1;
  } catch {
    return 1;
  }
}

function set(change: Partial<Playback>) {
  playback = { ...playback, ...change };
  clearInterval(ticker);
  if (playback.isPlaying) ticker = setInterval(tick, TICK_MS);
  listeners.forEach((listener) => listener());
}

function tick() {
  if (!element || element.currentTime === playback.time) return;
  playback = { ...playback, time: Math.min(element.currentTime, playback.track?.duration ?? 0) };
  listeners.forEach((listener) => listener());
}

function audio(): HTMLAudioElement {
  if (element) return element;
  element = new Audio();
  element.preload = 'auto';
  element.onended = ended;
  element.onerror = () => set({ isPlaying: false, hasFailed: true });
  element.onpause = () => {
    // A system key, or another program that wants to be heard.
    if (element && !element.ended && playback.isPlaying) set({ isPlaying: false });
  };
  element.onloadedmetadata = () => {
    if (!element) return;
    element.playbackRate = rate;
    if (startAt > 0) element.currentTime = startAt;
    startAt = 0;
  };
  return element;
}

function ended() {
  const { track } = playback;
  const following = track && next?.(track);
  if (following) play(following, { next });
  else stop();
}

/** True when both are the same message, stored or not. */
export function isSame(a: Pick<Track, 'roomId' | 'seq' | 'clientMsgId'>, b: typeof a | null): boolean {
  if (!b || a.roomId !== b.roomId) return false;
  if (a.seq !== undefined && a.seq === b.seq) return true;
  return a.clientMsgId !== undefined && a.clientMsgId === b.clientMsgId;
}

/** Plays a sound, or goes on with the one that was halted. */
export function play(track: Track, options: { from?: number; next?: Next } = {}): void {
  const player = audio();
  next = options.next ?? (isSame(track, playback.track) ? next : undefined);
  if (isSame(track, playback.track) && !playback.hasFailed) {
    if (options.from !== undefined) seek(options.from);
  } else {
    player.src = track.url;
    startAt = options.from ?? 0;
    set({ track, time: startAt });
    if (track.seq !== undefined) markHeard(track.roomId, track.seq);
  }
  set({ isPlaying: true, hasFailed: false });
  player.playbackRate = rate;
  player.play().catch((error: unknown) => {
    // Another one began before this one could.
    if (error instanceof DOMException && error.name === 'AbortError') return;
    set({ isPlaying: false, hasFailed: true });
  });
}

export function pause(): void {
  if (!playback.isPlaying) return;
  set({ isPlaying: false });
  element?.pause();
}

/** Ends it, and takes the small player away. */
export function stop(): void {
  next = undefined;
  set(IDLE);
  if (!element) return;
  element.pause();
  element.removeAttribute('src');
}

/** Goes to a place of the sound that plays or is halted. */
export function seek(seconds: number): void {
  const { track } = playback;
  if (!track || !element) return;
  const time = Math.max(0, Math.min(seconds, track.duration));
  if (element.readyState === 0) startAt = time;
  else element.currentTime = time;
  set({ time });
}

export function setRate(value: Rate): void {
  rate = value;
  if (element) element.playbackRate = value;
  try {
    localStorage.setItem(RATE_KEY, String(value));
  } catch {
    // Holds until the page is closed.
  }
  listeners.forEach((listener) => listener());
}

export function nextRate(value: Rate): Rate {
  return RATES[(RATES.indexOf(value) + 1) % RATES.length] ?? 1;
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePlayer(): Playback {
  return useSyncExternalStore(subscribe, () => playback);
}

/** How a message plays; rows of other messages are not drawn anew. */
export function usePlayback(of: Pick<Track, 'roomId' | 'seq' | 'clientMsgId'>): Playback {
  return useSyncExternalStore(subscribe, () => (isSame(of, playback.track) ? playback : IDLE));
}

export function useRate(): Rate {
  return useSyncExternalStore(subscribe, () => rate);
}
