// Files that are picked but not sent yet, by room. They stay while one looks at other rooms.
import type { MediaDraft } from '@banter/client';

export interface Attachment {
  id: string;
  file: File;
  /** For the preview. */
  objectUrl: string;
  caption: string;
  /** Sent as it is; pictures are made smaller otherwise. */
  asFile: boolean;
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

export function useAttachments(_roomId: number): Tray {
  return NOTHING;
}
export function addFiles(_roomId: number, _files: FileList | File[]): void {
  return;
}
export function removeAttachment(_roomId: number, _id: string): void {
  return;
}
export function moveAttachment(_roomId: number, _id: string, _to: number): void {
  return;
}
export function setCaption(_roomId: number, _id: string, _caption: string): void {
  return;
}
export function setAsFile(_roomId: number, _id: string, _asFile: boolean): void {
  return;
}
export function takeAttachments(_roomId: number): MediaDraft[] {
  return [];
}
