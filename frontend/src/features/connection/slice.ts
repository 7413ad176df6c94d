import type { Status } from '@banter/client';
import { type PayloadAction, createSlice } from '@reduxjs/toolkit';

const initialState: Status = { state: 'idle', since: 0 };

/** How the live connection is doing, as the client library says. */
export const connection = createSlice({
  name: 'connection',
  initialState,
  reducers: {
    statusChanged: (_state, { payload }: PayloadAction<Status>) => payload,
  },
  selectors: {
    selectStatus: (state) => state,
    selectIsOnline: (state) => state.state === 'online',
  },
});

export const { statusChanged } = connection.actions;
export const { selectStatus, selectIsOnline } = connection.selectors;
