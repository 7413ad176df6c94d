import { type UnknownAction, combineReducers, configureStore } from '@reduxjs/toolkit';

import { queries } from '@/api/queries';
import { connection } from '@/features/connection/slice';
import { drafts } from '@/features/composer/drafts-slice';
import { outbox } from '@/features/composer/outbox-slice';
import { people } from '@/features/people/slice';
import { rooms } from '@/features/rooms/slice';
import { session } from '@/features/account/slice';
import { settings } from '@/features/settings/slice';
import { timelines } from '@/features/timeline/slice';
import { ui } from '@/features/shell/slice';

const reducers = combineReducers({
  [queries.reducerPath]: queries.reducer,
  connection: connection.reducer,
  drafts: drafts.reducer,
  outbox: outbox.reducer,
  people: people.reducer,
  rooms: rooms.reducer,
  session: session.reducer,
  settings: settings.reducer,
  timelines: timelines.reducer,
  ui: ui.reducer,
});

type State = ReturnType<typeof reducers>;

/** Signing out leaves nothing of one person to the next. */
function rootReducer(state: State | undefined, action: UnknownAction): State {
  return reducers(session.actions.signedOut.match(action) && state ? keepSettings(state) : state, action);
}

function keepSettings(state: State): State {
  return { ...reducers(undefined, { type: 'reset' }), session: state.session, settings: state.settings };
}

/** A store; tests fill parts of it. */
export function makeStore(preloaded: Partial<State> = {}) {
  return configureStore({
    reducer: rootReducer,
    preloadedState: preloaded as State,
    middleware: (standard) =>
      // Checking ten thousand messages for mutation at each keystroke would make development unusable.
      standard({ immutableCheck: false, serializableCheck: false }).concat(queries.middleware),
  });
}

export type AppStore = ReturnType<typeof makeStore>;
export type RootState = State;
export type AppDispatch = AppStore['dispatch'];
export type AppThunk<T = void> = (dispatch: AppDispatch, getState: () => RootState) => T;
