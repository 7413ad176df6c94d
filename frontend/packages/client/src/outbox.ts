/**
 * Messages on their way: kept until the server has them, sent in order. A message has its own id, so that sending it
 * twice is harmless; tabs that share a storage take turns in each room.
 */

import { Backoff } from './backoff.js';
import type { Clock } from './clock.js';
import { ApiError } from './errors.js';
import type { Exclusive } from './locks.js';
import { OutboxList } from './outbox-list.js';
import type { Draft, MediaDraft, OutboxItem, OutboxStorage } from './outbox-item.js';
import type { UploadOptions } from './upload.js';
import type { Message, OutgoingMessage, UploadedFile } from './wire.js';

/** The way to the server. */
export interface Transport {
  send(message: OutgoingMessage): Promise<Message>;
  upload(file: Blob, options: UploadOptions): Promise<UploadedFile>;
}

export interface OutboxOptions {
  storage: OutboxStorage;
  transport: Transport;
  clock: Clock;
  random: () => number;
  exclusive: Exclusive;
  /** Hands a stored message on, before its item leaves the list. */
  stored(message: Message): void;
  changed(items: OutboxItem[]): void;
}

/** When an item may be tried again. */
interface Pause {
  backoff: Backoff;
  until: number;
  /** The server asked for it: a new connection does not end it. */
  isAsked: boolean;
}

const UPLOADS_AT_ONCE = 3;
const LONGEST_AGE = 24 * 60 * 60 * 1000;
/** What is told of an item that nobody took in time; the code is that of HTTP for a timeout. */
const TOO_OLD = { code: 408, message: 'not sent within a day' };

export class Outbox {
  #options: OutboxOptions;
  #list: OutboxList;
  #isOnline = false;
  /** Rooms in which something is being sent. */
  #lanes = new Set<number>();
  #uploads = new Map<string, AbortController>();
  #pauses = new Map<string, Pause>();
  #timer: unknown;

  /** Made by `Chat`. */
  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#list = new OutboxList(options.storage, options.clock, (items) => options.changed(items));
  }

  /** The user's items, oldest first. */
  get items(): readonly OutboxItem[] {
    return this.#list.items;
  }

  /** Takes a message; it is kept first, then sent. */
  send(roomId: number, draft: Draft): OutboxItem {
    const { item, saved } = this.#list.add(roomId, draft);
    void saved.then(() => this.#pump());
    return item;
  }

  /** Tries a failed item again, as the newest of its room. */
  retry(clientMsgId: string) {
    const item = this.#list.get(clientMsgId);
    if (item?.state !== 'failed') return;
    this.#pauses.delete(clientMsgId);
    void this.#list.renew(item).then(() => this.#pump());
  }

  /** Drops an item and stops its upload. */
  discard(clientMsgId: string) {
    this.confirm(clientMsgId);
  }

  /** Begins with what is kept of this user. */
  async start(userId: number) {
    this.stop();
    await this.#list.open(userId);
    this.#pump();
  }

  stop() {
    this.#isOnline = false;
    this.#options.clock.clearTimeout(this.#timer);
    for (const upload of this.#uploads.values()) upload.abort();
    this.#uploads.clear();
    this.#pauses.clear();
    this.#list.close();
  }

  /** A connection stands: whatever waits may go. */
  async goOnline() {
    this.#isOnline = true;
    for (const [id, { isAsked }] of this.#pauses) if (!isAsked) this.#pauses.delete(id);
    // A tab that was closed meanwhile may have left something.
    await this.#list.reload();
    this.#pump();
  }

  goOffline() {
    this.#isOnline = false;
  }

  /** The server has the message: its item may go, whichever way that became known. */
  confirm(clientMsgId: string) {
    if (!this.#list.get(clientMsgId)) return;
    this.#list.remove(clientMsgId);
    this.#forget(clientMsgId);
    this.#pump();
  }

  #forget(clientMsgId: string) {
    this.#uploads.get(clientMsgId)?.abort();
    this.#pauses.delete(clientMsgId);
  }

  /** Starts all that may run now. */
  #pump() {
    this.#failOld();
    if (this.#isOnline) {
      for (const item of this.items) {
        const hasSlot = this.#uploads.size < UPLOADS_AT_ONCE;
        if (hasSlot && this.#isFree(item) && this.#mayUpload(item)) void this.#upload(item.clientMsgId);
        if (!this.#lanes.has(item.roomId) && this.#next(item.roomId)) void this.#runLane(item.roomId);
      }
    }
    this.#planPump();
  }

  /** The item that is next in its room, if it can be sent now. */
  #next(roomId: number): OutboxItem | undefined {
    const next = this.items.find((item) => item.roomId === roomId && item.state !== 'failed');
    if (!next || !this.#isOnline || !this.#isFree(next)) return undefined;
    return next.draft.kind === 'text' || next.draft.uploaded ? next : undefined;
  }

  /** Kept, and not to wait. */
  #isFree({ clientMsgId }: OutboxItem): boolean {
    const until = this.#pauses.get(clientMsgId)?.until ?? 0;
    return !this.#list.isSaving(clientMsgId) && until <= this.#options.clock.now();
  }

  /** Sends what can be sent in a room, one after the other. */
  async #runLane(roomId: number) {
    this.#lanes.add(roomId);
    await this.#options.exclusive(`banter-outbox-${this.#list.userId}-${roomId}`, async () => {
      await this.#list.reload();
      while (await this.#sendNext(roomId));
    });
    this.#lanes.delete(roomId);
    this.#pump();
  }

  /** True when the next one may follow. */
  async #sendNext(roomId: number): Promise<boolean> {
    const item = this.#next(roomId);
    if (!item) return false;
    const { clientMsgId } = item;
    this.#list.patch(clientMsgId, { state: 'sending' });
    try {
      const message = await this.#options.transport.send(outgoing(item));
      this.#options.stored(message);
      this.confirm(clientMsgId);
      return true;
    } catch (error) {
      return this.#refused(clientMsgId, error);
    }
  }

  #mayUpload({ clientMsgId, draft, state }: OutboxItem): boolean {
    return (
      draft.kind === 'media' && !draft.uploaded && state === 'waiting' && !this.#uploads.has(clientMsgId)
    );
  }

  async #upload(clientMsgId: string) {
    const stop = new AbortController();
    this.#uploads.set(clientMsgId, stop);
    await this.#options.exclusive(`banter-upload-${clientMsgId}`, async () => {
      // Another tab may have done it.
      await this.#list.reload();
      const draft = this.#list.get(clientMsgId)?.draft;
      if (draft?.kind === 'media' && !draft.uploaded && !stop.signal.aborted) {
        await this.#uploadFile(clientMsgId, draft, stop.signal);
      }
    });
    if (this.#uploads.get(clientMsgId) === stop) this.#uploads.delete(clientMsgId);
    this.#pump();
  }

  async #uploadFile(clientMsgId: string, draft: MediaDraft, signal: AbortSignal) {
    const { transport } = this.#options;
    const onProgress = (loaded: number, total: number) =>
      signal.aborted || this.#list.patch(clientMsgId, { progress: total > 0 ? loaded / total : 0 });
    this.#list.patch(clientMsgId, { state: 'uploading', progress: 0 });
    try {
      const { file, name } = draft;
      const uploaded = await transport.upload(file, { name, scene: 'message', onProgress, signal });
      this.#pauses.delete(clientMsgId);
      const done = { state: 'waiting', progress: 1, draft: { ...draft, uploaded } } as const;
      if (!signal.aborted) await this.#list.change(clientMsgId, done);
    } catch (error) {
      if (!signal.aborted) this.#refused(clientMsgId, error);
    }
  }

  /** True when it will not be tried again. */
  #refused(clientMsgId: string, error: unknown): boolean {
    if (error instanceof ApiError && isFinal(error)) {
      const { code, message } = error;
      this.#fail(clientMsgId, { code, message });
      return true;
    }
    if (!this.#list.patch(clientMsgId, { state: 'waiting', progress: undefined })) return true;
    const { clock, random } = this.#options;
    const backoff = this.#pauses.get(clientMsgId)?.backoff ?? new Backoff(random);
    const asked = error instanceof ApiError ? error.retryAfter : undefined;
    const until = clock.now() + Math.max(backoff.next(), (asked ?? 0) * 1000);
    this.#pauses.set(clientMsgId, { backoff, until, isAsked: asked !== undefined });
    return false;
  }

  #fail(clientMsgId: string, error: { code: number; message: string }) {
    this.#forget(clientMsgId);
    void this.#list.change(clientMsgId, { state: 'failed', progress: undefined, error });
  }

  #failOld() {
    const oldest = this.#options.clock.now() - LONGEST_AGE;
    for (const { clientMsgId, state, createdAt } of this.items) {
      if (state === 'waiting' && createdAt <= oldest) this.#fail(clientMsgId, TOO_OLD);
    }
  }

  /** Comes back when a pause ends or an item gets too old. */
  #planPump() {
    const { clock } = this.#options;
    const now = clock.now();
    const moments = this.items
      .filter(({ state }) => state === 'waiting')
      .map((item) => {
        const pause = this.#pauses.get(item.clientMsgId)?.until ?? 0;
        return pause > now ? pause : item.createdAt + LONGEST_AGE;
      });
    clock.clearTimeout(this.#timer);
    if (moments.length > 0) this.#timer = clock.setTimeout(() => this.#pump(), Math.min(...moments) - now);
  }
}

/** A refusal that another try would meet too. */
const isFinal = ({ status }: ApiError) => status >= 400 && status < 500 && status !== 401 && status !== 429;

function outgoing({ clientMsgId, roomId, draft }: OutboxItem): OutgoingMessage {
  const { replyId } = draft;
  const common = { channelId: roomId, clientMsgId, replyId };
  if (draft.kind === 'text') {
    const { text, mention } = draft;
    return { ...common, contentType: 'TEXT_MESSAGE', textMessage: { text, mention } };
  }
  const { uploaded, name, duration, peaks, caption } = draft;
  const mediaMessage = { url: uploaded?.url ?? '', name, duration, peaks, text: caption };
  return { ...common, contentType: 'MEDIA_MESSAGE', mediaMessage };
}
