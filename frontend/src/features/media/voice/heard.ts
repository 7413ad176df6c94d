// Which voice messages were played on this device.

interface Heard {
  /** Everything up to this seq counts as heard. */
  floor: number;
  seqs: number[];
}

const KEY = 'banter:heard';
/** Remembered of each room; older ones sink below the floor. */
const KEPT_MAX = 300;

const listeners = new Set<() => void>();
let byRoom: Record<string, Heard> | undefined;

function all(): Record<string, Heard> {
  if (byRoom) return byRoom;
  try {
    byRoom = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, Heard>;
  } catch {
    // A broken entry, or a browser that keeps nothing.
    byRoom = {};
  }
  return byRoom;
}

export function isHeard(roomId: number, seq: number): boolean {
  const heard = all()[roomId];
  return Boolean(heard && (seq <= heard.floor || heard.seqs.includes(seq)));
}

export function markHeard(roomId: number, seq: number): void {
  if (isHeard(roomId, seq)) return;
  const { floor, seqs } = all()[roomId] ?? { floor: 0, seqs: [] };
  const sorted = [...seqs, seq].sort((a, b) => a - b);
  const sunk = sorted.splice(0, Math.max(0, sorted.length - KEPT_MAX));
  byRoom = { ...all(), [roomId]: { floor: sunk.at(-1) ?? floor, seqs: sorted } };
  try {
    localStorage.setItem(KEY, JSON.stringify(byRoom));
  } catch {
    // Remembered until the page is closed.
  }
  listeners.forEach((listener) => listener());
}

/** Reads the device's memory anew, such as after another tab wrote it. */
export function rereadHeard(): void {
  byRoom = undefined;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

if (typeof window !== 'undefined') {
  window.addEventListener('storage', ({ key }) => {
    if (key === KEY) rereadHeard();
  });
}

export function useIsHeard(roomId: number, seq: number | undefined): boolean {
  return useSyncExternalStore(subscribe, () => seq === undefined || isHeard(roomId, seq));
}
