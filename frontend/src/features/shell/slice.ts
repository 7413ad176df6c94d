import { type PayloadAction, createSlice } from '@reduxjs/toolkit';

/** What lies over the page. */
export type Layer = 'switcher' | 'keys' | 'new-room' | 'browse-rooms' | null;

interface UiState {
  layer: Layer;
  /** A message to the user, one at a time. `id` makes a repeated text a new one. */
  toast: { id: number; text: string; undo?: string } | null;
  /** Where the conversation was before a jump, by room: the seq in view, or `THE_END`. */
  cameFrom: Record<number, number>;
}

/** Stands for the newest message where a seq is asked for. */
export const THE_END = 0;

const initialState: UiState = { layer: null, toast: null, cameFrom: {} };

export const ui = createSlice({
  name: 'ui',
  initialState,
  reducers: {
    layerOpened(state, { payload }: PayloadAction<Layer>) {
      state.layer = payload;
    },
    layerClosed(state) {
      state.layer = null;
    },
    toasted(state, { payload }: PayloadAction<UiState['toast']>) {
      state.toast = payload;
    },
    jumpedFrom(state, { payload }: PayloadAction<{ roomId: number; seq: number | null }>) {
      if (payload.seq === null) delete state.cameFrom[payload.roomId];
      else state.cameFrom[payload.roomId] = payload.seq;
    },
  },
  selectors: {
    selectLayer: (state) => state.layer,
    selectToast: (state) => state.toast,
    selectCameFrom: (state, roomId: number) => state.cameFrom[roomId],
  },
});

export const { layerOpened, layerClosed, toasted, jumpedFrom } = ui.actions;
export const { selectLayer, selectToast, selectCameFrom } = ui.selectors;
