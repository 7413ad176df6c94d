import type { Profile } from '@banter/client';
import { type PayloadAction, createSlice } from '@reduxjs/toolkit';

/** Who uses this page. `unknown` until the server, or the cache when there is no network, has said so. */
export interface SessionState {
  status: 'unknown' | 'signedOut' | 'signedIn';
  me: Profile | null;
  /** Why somebody who was signed in is not any more; null after a wish of their own. */
  endedBecause: 'expired' | 'revoked' | null;
}

const NOBODY = { id: 0, permission: 'user' } as const;

const initialState: SessionState = { status: 'unknown', me: null, endedBecause: null };

export const session = createSlice({
  name: 'session',
  initialState,
  reducers: {
    signedIn(state, { payload }: PayloadAction<Profile>) {
      state.status = 'signedIn';
      state.me = payload;
      state.endedBecause = null;
    },
    profileChanged(state, { payload }: PayloadAction<Profile>) {
      state.me = payload;
    },
    signedOut(state, { payload }: PayloadAction<SessionState['endedBecause']>) {
      state.status = 'signedOut';
      state.me = null;
      state.endedBecause = payload;
    },
  },
  selectors: {
    selectMe: (state) => state.me,
    selectMyId: (state) => state.me?.id ?? 0,
    /** The user as somebody who wants to do something; nobody in particular while signed out. */
    selectAsker: (state) => state.me ?? NOBODY,
    selectSession: (state) => state,
  },
});

export const { signedIn, profileChanged, signedOut } = session.actions;
export const { selectAsker, selectMe, selectMyId, selectSession } = session.selectors;
