/** The items of one user, in memory and in a storage that other tabs use too. */

import type { Clock } from './clock.js';
import type { Draft, OutboxItem, OutboxStorage } from './outbox-item.js';

/** States that make sense after a restart. */
type Resting = { state: 'waiting' | 'failed' };

export class OutboxList {
  #storage: OutboxStorage;
  #clock: Clock;
  #changed: (items: OutboxItem[]) => void;
  #userId: number | null = null;
  #items: OutboxItem[] = [];
  /** Items that are being written. */
  #busy = new Map<string, number>();
  /** For each read of the storage that is under way: the items that it may tell the old state of. */
  #stale = new Set<Set<string>>();
  /** Items that the storage did not take, such as for want of space: they live here only. */
  #unstored = new Set<string>();

  constructor(storage: OutboxStorage, clock: Clock, changed: (items: OutboxItem[]) => void) {
    this.#storage = storage;
    this.#clock = clock;
    this.#changed = changed;
  }

  get userId(): number | null {
    return this.#userId;
  }

  /** Oldest first. */
  get items(): readonly OutboxItem[] {
    return this.#items;
  }

  get(clientMsgId: string): OutboxItem | undefined {
    return this.#items.find((item) => item.clientMsgId === clientMsgId);
  }

  isSaving(clientMsgId: string): boolean {
    return this.#busy.has(clientMsgId);
  }

  /** Begins with what the storage holds of the user; items may be added at once. */
  open(userId: number): Promise<void> {
    this.#userId = userId;
    return this.reload();
  }

  close() {
    this.#userId = null;
    this.#unstored.clear();
    if (this.#items.length > 0) this.#set([]);
  }

  add(roomId: number, draft: Draft): { item: OutboxItem; saved: Promise<void> } {
    if (this.#userId === null) throw new Error('the chat is not started: nobody can send');
    const item: OutboxItem = {
      clientMsgId: newId(),
      userId: this.#userId,
      roomId,
      createdAt: this.#stamp(),
      state: 'waiting',
      draft,
    };
    this.#set([...this.#items, item]);
    return { item, saved: this.#save(item) };
  }

  /** Changes an item for this run of the program. */
  patch(clientMsgId: string, change: Partial<OutboxItem>): OutboxItem | undefined {
    const item = this.get(clientMsgId);
    if (!item) return undefined;
    const changed = { ...item, ...change };
    this.#set(this.#items.map((other) => (other === item ? changed : other)));
    return changed;
  }

  /** Changes an item for good; it rests then, waiting or failed. */
  async change(clientMsgId: string, change: Partial<OutboxItem> & Resting): Promise<void> {
    const changed = this.patch(clientMsgId, change);
    if (changed) await this.#save(changed);
  }

  /** Makes a failed item new, behind all others. */
  renew({ clientMsgId, draft }: OutboxItem): Promise<void> {
    const saved = this.change(clientMsgId, {
      createdAt: this.#stamp(),
      state: 'waiting',
      error: undefined,
      progress: undefined,
      // The server forgets files that no message names.
      draft: draft.kind === 'media' ? { ...draft, uploaded: undefined } : draft,
    });
    this.#set(sorted(this.#items));
    return saved;
  }

  remove(clientMsgId: string) {
    if (!this.get(clientMsgId)) return;
    this.#set(this.#items.filter((item) => item.clientMsgId !== clientMsgId));
    void this.#write(clientMsgId, () => this.#storage.remove(clientMsgId));
  }

  /** Takes over what other tabs have changed in the storage. */
  async reload(): Promise<void> {
    const userId = this.#userId;
    const stale = new Set(this.#busy.keys());
    this.#stale.add(stale);
    const stored = await this.#storage.load().catch(() => null);
    this.#stale.delete(stale);
    if (stored === null || userId === null || userId !== this.#userId) return;
    const theirs = stored.filter((item) => item.userId === userId && !stale.has(item.clientMsgId));
    const byId = new Map(theirs.map((item) => [item.clientMsgId, item]));
    const isOurs = (item: OutboxItem) => this.#isOurs(item, stale);
    const kept = this.#items.flatMap((item) => (isOurs(item) ? item : (byId.get(item.clientMsgId) ?? [])));
    const added = theirs.filter((item) => !this.get(item.clientMsgId));
    this.#set(sorted([...kept, ...added]));
  }

  /** True when we know better than the storage how an item is. */
  #isOurs({ clientMsgId, state }: OutboxItem, stale: Set<string>): boolean {
    const isMoving = state === 'uploading' || state === 'sending';
    return isMoving || stale.has(clientMsgId) || this.#unstored.has(clientMsgId);
  }

  /** Now, but never twice the same, so that items can be put in order. */
  #stamp(): number {
    return Math.max(this.#clock.now(), (this.#items.at(-1)?.createdAt ?? 0) + 1);
  }

  #save(item: OutboxItem): Promise<void> {
    return this.#write(item.clientMsgId, () => this.#storage.put(item));
  }

  async #write(clientMsgId: string, write: () => Promise<void>): Promise<void> {
    this.#busy.set(clientMsgId, (this.#busy.get(clientMsgId) ?? 0) + 1);
    for (const stale of this.#stale) stale.add(clientMsgId);
    try {
      await write();
      this.#unstored.delete(clientMsgId);
    } catch {
      this.#unstored.add(clientMsgId);
    }
    const left = (this.#busy.get(clientMsgId) ?? 1) - 1;
    if (left > 0) this.#busy.set(clientMsgId, left);
    else this.#busy.delete(clientMsgId);
  }

  #set(items: OutboxItem[]) {
    this.#items = items;
    this.#changed(items);
  }
}

const sorted = (items: OutboxItem[]) => items.toSorted((one, other) => one.createdAt - other.createdAt);

/** 128 random bits; `crypto.randomUUID` is missing on pages without TLS. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
