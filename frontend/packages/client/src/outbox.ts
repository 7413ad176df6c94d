import type { Draft, OutboxItem } from './outbox-item.js';

/** Messages on their way: kept until the server has them, sent in order. */
export declare class Outbox {
  /** The user's items, oldest first. */
  readonly items: readonly OutboxItem[];
  send(roomId: number, draft: Draft): OutboxItem;
  /** Tries a failed item again. */
  retry(clientMsgId: string): void;
  /** Drops an item and stops its upload. */
  discard(clientMsgId: string): void;
}
