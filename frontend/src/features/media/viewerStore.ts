// Which file is shown in the full window.

export interface Viewed {
  roomId: number;
  seq: number;
}

let viewed: Viewed | null = null;
const listeners = new Set<() => void>();

function set(next: Viewed | null) {
  viewed = next;
  listeners.forEach((listener) => listener());
}

/** Shows a message's picture, video or text in the full window. */
export function openViewer(next: Viewed): void {
  set(next);
}

export function closeViewer(): void {
  set(null);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useViewed(): Viewed | null {
  return useSyncExternalStore(subscribe, () => viewed);
}
