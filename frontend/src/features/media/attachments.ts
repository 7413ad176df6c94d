// Files that are picked but not sent yet, by room. They stay while one looks at other rooms.
import type { MediaDraft } from '@banter/client';

/** What a server takes unless its operator says otherwise, in bytes. */
export const UPLOAD_MAX = 25 * 1024 * 1024;
/** Files of one tray. */
export const TRAY_MAX = 20;

export interface Attachment {
  id: string;
  file: File;
  /** For the preview. */
  objectUrl: string;
  caption: string;
  /** Sent as it is; large pictures are made smaller otherwise. */
  asFile: boolean;
  /** The smaller picture, where there is any. */
  smaller?: { file: File; width: number; height: number };
  width?: number;
  height?: number;
  duration?: number;
}

/** A file that was not taken, and why. */
export interface Refusal {
  name: string;
  reason: 'empty' | 'large' | 'many';
}

export interface Tray {
  items: Attachment[];
  refused: Refusal[];
}

const NOTHING: Tray = { items: [], refused: [] };

const trays = new Map<number, Tray>();
const listeners = new Set<() => void>();
let lastId = 0;

export function trayOf(roomId: number): Tray {
  return trays.get(roomId) ?? NOTHING;
}

function set(roomId: number, change: Partial<Tray>) {
  const tray = { ...trayOf(roomId), ...change };
  if (tray.items.length || tray.refused.length) trays.set(roomId, tray);
  else trays.delete(roomId);
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useAttachments(roomId: number): Tray {
  return useSyncExternalStore(subscribe, () => trayOf(roomId));
}

function whyNot(file: File, count: number): Refusal['reason'] | null {
  if (file.size === 0) return 'empty';
  if (file.size > UPLOAD_MAX) return 'large';
  return count >= TRAY_MAX ? 'many' : null;
}

/** Takes files into a room's tray; what cannot be sent is refused at once. */
export function addFiles(roomId: number, files: FileList | File[]): void {
  const items = [...trayOf(roomId).items];
  const refused: Refusal[] = [];
  const added: Attachment[] = [];
  for (const file of files) {
    const reason = whyNot(file, items.length);
    if (reason) {
      refused.push({ name: file.name, reason });
      continue;
    }
    lastId += 1;
    const item = { id: `a${lastId}`, file, objectUrl: URL.createObjectURL(file), caption: '', asFile: false };
    items.push(item);
    added.push(item);
  }
  set(roomId, { items, refused });
  for (const item of added) void prepare(roomId, item);
}

/** Finds out sizes and makes large pictures smaller while somebody still writes. */
async function prepare(roomId: number, { id, file, objectUrl }: Attachment): Promise<void> {
  const [{ measure }, { shrink }] = await Promise.all([import('./probe'), import('./shrink')]);
  const sizes = await measure(file.type, objectUrl);
  change(roomId, id, sizes);
  const smaller = await shrink(file, sizes);
  if (smaller) change(roomId, id, { smaller });
}

function change(roomId: number, id: string, fields: Partial<Attachment>) {
  const { items } = trayOf(roomId);
  if (!items.some((item) => item.id === id)) return;
  set(roomId, { items: items.map((item) => (item.id === id ? { ...item, ...fields } : item)) });
}

export function removeAttachment(roomId: number, id: string): void {
  const { items } = trayOf(roomId);
  const gone = items.find((item) => item.id === id);
  if (!gone) return;
  URL.revokeObjectURL(gone.objectUrl);
  set(roomId, { items: items.filter((item) => item !== gone) });
}

/** Puts a file at another place of the order; the place may lie outside. */
export function moveAttachment(roomId: number, id: string, to: number): void {
  const { items } = trayOf(roomId);
  const moved = items.find((item) => item.id === id);
  if (!moved) return;
  const others = items.filter((item) => item !== moved);
  others.splice(Math.max(0, Math.min(to, others.length)), 0, moved);
  set(roomId, { items: others });
}

export function setCaption(roomId: number, id: string, caption: string): void {
  change(roomId, id, { caption });
}

export function setAsFile(roomId: number, id: string, asFile: boolean): void {
  change(roomId, id, { asFile });
}

export function dismissRefusals(roomId: number): void {
  set(roomId, { refused: [] });
}

/** Empties a room's tray; the answer is what is to be sent, in order. */
export function takeAttachments(roomId: number): MediaDraft[] {
  const { items } = trayOf(roomId);
  items.forEach(({ objectUrl }) => URL.revokeObjectURL(objectUrl));
  set(roomId, NOTHING);
  return items.map(draftOf);
}

function draftOf(item: Attachment): MediaDraft {
  const { file, width, height } = item.asFile || !item.smaller ? item : item.smaller;
  return {
    kind: 'media',
    file,
    name: file.name,
    mime: file.type || 'application/octet-stream',
    caption: item.caption.trim() || undefined,
    duration: item.duration,
    width,
    height,
  };
}

/** True while files wait in any tray. */
export const hasAttachments = (): boolean => [...trays.values()].some(({ items }) => items.length > 0);

/** Forgets all trays, such as when somebody else signs in. */
export function forgetAttachments(): void {
  for (const { items } of trays.values()) items.forEach(({ objectUrl }) => URL.revokeObjectURL(objectUrl));
  trays.clear();
  listeners.forEach((listener) => listener());
}
