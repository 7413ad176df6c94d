import { type PayloadAction, createSlice } from '@reduxjs/toolkit';

/** What somebody has begun to write in a room. */
export interface Draft {
  text: string;
  /** seq of the message that it answers. */
  replySeq?: number;
  /** When it was changed last, in milliseconds; of two devices the later one wins. */
  updatedAt: number;
}

/** The message that is being edited instead, and the words so far. */
export interface Editing {
  seq: number;
  text: string;
}

interface DraftsState {
  byRoom: Record<number, Draft>;
  editing: Record<number, Editing>;
}

const initialState: DraftsState = { byRoom: {}, editing: {} };

export const drafts = createSlice({
  name: 'drafts',
  initialState,
  reducers: {
    drafted(state, { payload }: PayloadAction<{ roomId: number; text: string; at: number }>) {
      const { roomId, text, at } = payload;
      const replySeq = state.byRoom[roomId]?.replySeq;
      if (text || replySeq) state.byRoom[roomId] = { text, replySeq, updatedAt: at };
      else delete state.byRoom[roomId];
    },
    replyChosen(state, { payload }: PayloadAction<{ roomId: number; seq?: number; at: number }>) {
      const { roomId, seq, at } = payload;
      const text = state.byRoom[roomId]?.text ?? '';
      if (text || seq) state.byRoom[roomId] = { text, replySeq: seq, updatedAt: at };
      else delete state.byRoom[roomId];
      delete state.editing[roomId];
    },
    draftCleared(state, { payload }: PayloadAction<number>) {
      delete state.byRoom[payload];
    },
    /** A draft of another device, or of an earlier visit. */
    draftReceived(state, { payload }: PayloadAction<{ roomId: number; draft: Draft | null; at: number }>) {
      const { roomId, draft, at } = payload;
      const own = state.byRoom[roomId];
      if (own && own.updatedAt >= at) return;
      if (draft) state.byRoom[roomId] = draft;
      else delete state.byRoom[roomId];
    },
    editBegun(state, { payload }: PayloadAction<{ roomId: number; seq: number; text: string }>) {
      state.editing[payload.roomId] = { seq: payload.seq, text: payload.text };
    },
    editChanged(state, { payload }: PayloadAction<{ roomId: number; text: string }>) {
      const editing = state.editing[payload.roomId];
      if (editing) editing.text = payload.text;
    },
    editEnded(state, { payload }: PayloadAction<number>) {
      delete state.editing[payload];
    },
  },
  selectors: {
    selectDraft: (state, roomId: number) => state.byRoom[roomId],
    selectDrafts: (state) => state.byRoom,
    selectEditing: (state, roomId: number) => state.editing[roomId],
  },
});

export const { drafted, replyChosen, draftCleared, draftReceived, editBegun, editChanged, editEnded } =
  drafts.actions;
export const { selectDraft, selectDrafts, selectEditing } = drafts.selectors;
