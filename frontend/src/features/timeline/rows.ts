import type { Message } from '@banter/client';

import type { Pending } from '@/features/composer/outbox-slice';
import { daysAgo } from '@/lib/format';

/** One line of the conversation. Date and "new messages" lines belong to the row below them, so that a row is a
 * message and stays one however many are loaded around it. */
export interface Row {
  /** The same before and after the server stored it. */
  key: string;
  kind: 'message' | 'notice' | 'pending';
  message?: Message;
  pending?: Pending;
  isOwn: boolean;
  /** First and last of a group: one sender, close in time, nothing between. */
  isFirst: boolean;
  isLast: boolean;
  /** A local day begins here: its time. */
  day?: string;
  /** The first message that was unread when the room was opened. */
  isFirstNew: boolean;
}

/** Longest pause within a group, in milliseconds. */
const GROUP_MS = 5 * 60_000;

interface Context {
  myId: number;
  /** seq below the line "new messages"; 0 for none. */
  firstNew: number;
}

function bareRow(message: Message, { myId, firstNew }: Context): Row {
  const isOwn = message.userId === myId;
  const isNotice = message.contentType === 'SYSTEM_MESSAGE' || message.isRecalled;
  return {
    key: isOwn && message.clientMsgId ? `c${message.clientMsgId}` : `m${message.id}`,
    kind: isNotice ? 'notice' : 'message',
    message,
    isOwn,
    isFirst: true,
    isLast: true,
    isFirstNew: message.seq === firstNew,
  };
}

function pendingRow(pending: Pending): Row {
  return {
    key: `c${pending.clientMsgId}`,
    kind: 'pending',
    pending,
    isOwn: true,
    isFirst: true,
    isLast: true,
    isFirstNew: false,
  };
}

function timeOf(row: Row): number {
  return row.message ? Date.parse(row.message.createdAt) : (row.pending?.createdAt ?? 0);
}

function senderOf(row: Row): number | string | null {
  return row.isOwn ? 'own' : (row.message?.userId ?? null);
}

function answers(row: Row): boolean {
  return Boolean(row.message?.replyId ?? row.pending?.replyId);
}

/** True when `row` goes on what `before` began. */
function continues(before: Row, row: Row): boolean {
  return (
    before.kind !== 'notice' &&
    row.kind !== 'notice' &&
    !row.day &&
    !row.isFirstNew &&
    !answers(row) &&
    senderOf(before) === senderOf(row) &&
    timeOf(row) - timeOf(before) < GROUP_MS
  );
}

/** The rows of a segment and of what is on its way behind it. */
export function rowsOf(messages: readonly Message[], pending: readonly Pending[], context: Context): Row[] {
  const stored = new Set<string>();
  for (const message of messages) if (message.clientMsgId) stored.add(message.clientMsgId);
  const rows = messages.map((message) => bareRow(message, context));
  for (const item of pending) if (!stored.has(item.clientMsgId)) rows.push(pendingRow(item));

  rows.forEach((row, index) => {
    const before = rows[index - 1];
    const time = timeOf(row);
    // daysAgo counts local days, so 0 means the same day.
    if (!before || daysAgo(timeOf(before), time) !== 0) row.day = new Date(time).toISOString();
    if (before && continues(before, row)) {
      row.isFirst = false;
      before.isLast = false;
    }
  });
  return rows;
}
