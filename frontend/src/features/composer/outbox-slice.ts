import type { MediaKind, OutboxItem } from '@banter/client';
import { type PayloadAction, createSelector, createSlice } from '@reduxjs/toolkit';

/** A message on its way, without the bytes of its file: those stay with the client library. */
export interface Pending {
  clientMsgId: string;
  roomId: number;
  createdAt: number;
  state: OutboxItem['state'];
  error?: { code: number; message: string };
  progress?: number;
  replyId?: number;
  text?: string;
  mention?: number[];
  media?: {
    kind: MediaKind;
    name: string;
    mime: string;
    size: number;
    caption?: string;
    duration?: number;
    peaks?: number[];
    width?: number;
    height?: number;
  };
}

interface OutboxState {
  items: Pending[];
}

const initialState: OutboxState = { items: [] };

export const outbox = createSlice({
  name: 'outbox',
  initialState,
  reducers: {
    outboxChanged(state, { payload }: PayloadAction<Pending[]>) {
      state.items = payload;
    },
  },
  selectors: {
    selectPending: (state) => state.items,
  },
});

export const { outboxChanged } = outbox.actions;
export const { selectPending } = outbox.selectors;

const NONE: Pending[] = [];

/** Messages of one room that are on their way, oldest first. */
export const selectPendingOf = createSelector(
  [selectPending, (_state: unknown, roomId: number) => roomId],
  (items, roomId) => {
    const own = items.filter((item) => item.roomId === roomId);
    return own.length ? own : NONE;
  },
);

/** What the store keeps of an item. */
export function pendingOf(item: OutboxItem): Pending {
  const { clientMsgId, roomId, createdAt, state, error, progress, draft } = item;
  const base = { clientMsgId, roomId, createdAt, state, error, progress, replyId: draft.replyId };
  if (draft.kind === 'text') return { ...base, text: draft.text, mention: draft.mention };
  const { name, mime, caption, duration, peaks, width, height, file } = draft;
  return {
    ...base,
    media: { kind: kindOf(mime), name, mime, size: file.size, caption, duration, peaks, width, height },
  };
}

/** How a file of this type is shown. The server decides by content; this is for the time before. */
export function kindOf(mime: string): MediaKind {
  if (mime === 'image/gif') return 'gif';
  const family = mime.split('/')[0];
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'file';
}
