import type { UploadedFile } from './wire.js';

export interface TextDraft {
  kind: 'text';
  text: string;
  mention: number[];
  replyId?: number;
}

export interface MediaDraft {
  kind: 'media';
  file: Blob;
  name: string;
  mime: string;
  caption?: string;
  duration?: number;
  peaks?: number[];
  width?: number;
  height?: number;
  /** What the upload answered, once it has. */
  uploaded?: UploadedFile;
  replyId?: number;
}

export type Draft = TextDraft | MediaDraft;

/** A message on its way to the server. */
export interface OutboxItem {
  clientMsgId: string;
  userId: number;
  roomId: number;
  /** Milliseconds of the clock. */
  createdAt: number;
  state: 'waiting' | 'uploading' | 'sending' | 'failed';
  /** Why it failed; `code` is that of the server, or 408 when it waited for a day. */
  error?: { code: number; message: string };
  /** How much of the file is uploaded, 0 to 1. */
  progress?: number;
  draft: Draft;
}

/** Where items outlive the page. */
export interface OutboxStorage {
  /** All items, of every user, in any order. */
  load(): Promise<OutboxItem[]>;
  put(item: OutboxItem): Promise<void>;
  remove(clientMsgId: string): Promise<void>;
}
