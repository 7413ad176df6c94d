// From an open page to somebody who is signed in, with or without a network.
import { ApiError, type Me } from '@banter/client';

import { api, chat } from '@/api/client';
import { onSessionEnd } from '@/api/session-end';
import { signedIn, signedOut } from '@/features/account/slice';
import { draftReceived } from '@/features/composer/drafts-slice';
import { lastDrafts } from '@/features/composer/last-drafts';
import { keepUnfinished, restoreUnfinished } from '@/features/composer/unfinished';
import { peopleOfRoom, usersMet } from '@/features/people/slice';
import { roomsLoaded } from '@/features/rooms/slice';
import { loadPreferences, savePreferences } from '@/features/settings/sync';
import { clearCache, keepCache, restoreCache } from '@/realtime/cache';
import { bridge } from '@/realtime/bridge';
import { allRooms, findMentions } from '@/realtime/rooms';
import { sessionMark } from '@/lib/session-mark';
import { timelineDropped } from '@/features/timeline/slice';
import type { AppStore } from './store';

let stopAll: (() => void) | undefined;

/** A copy that missed more changes than this is not caught up with but loaded anew. */
const CATCH_UP_MAX = 500;

/** Finds out who is here, and starts the live side for them. */
export async function boot(store: AppStore): Promise<void> {
  onSessionEnd((reason) => {
    if (reason === 'expired' && store.getState().session.status === 'signedIn')
      store.dispatch(signedOut('expired'));
  });
  let before = store.getState();
  store.subscribe(() => {
    const now = store.getState();
    if (now.session.status === 'signedOut' && before.session.status !== 'signedOut') {
      if (now.session.endedBecause) void keepUnfinished(before);
      if (before.session.status === 'signedIn') sessionMark.clear();
      stopLive();
    }
    before = now;
  });
  const restored = await restoreCache(store);
  if (restored) startLive(store, restored);
  if (!restored && !sessionMark.isSet()) {
    store.dispatch(signedOut(null));
    return;
  }
  try {
    await api.refresh();
    const preferences = preferencesOf(store);
    await enter(store, await api.me(), preferences);
  } catch (error) {
    const refused = error instanceof ApiError && error.status === 401;
    if (refused) sessionMark.clear();
    if (refused || !restored) store.dispatch(signedOut(restored && refused ? 'expired' : null));
  }
}

/** Loads how everything is arranged; without that it stays as it is. */
function preferencesOf({ dispatch }: AppStore): Promise<void> {
  return dispatch(loadPreferences()).catch(() => undefined);
}

/** Takes in who signed in, and starts the live side. */
export async function enter(store: AppStore, me: Me, preferences = preferencesOf(store)): Promise<void> {
  const { room: first, ...profile } = me;
  const room = await allRooms(first);
  // Before the rooms are seen: pinned ones would jump.
  await preferences;
  const known = store.getState().rooms.byId;
  sessionMark.set();
  store.dispatch(signedIn(profile));
  store.dispatch(usersMet([profile, ...room.flatMap(peopleOfRoom)]));
  store.dispatch(roomsLoaded(room));
  for (const { id, lastRev } of room) {
    if (lastRev - (known[id]?.lastRev ?? lastRev) <= CATCH_UP_MAX) continue;
    chat.untrack(id);
    store.dispatch(timelineDropped(id));
  }
  for (const [id, draft] of Object.entries(lastDrafts.get(profile.id))) {
    store.dispatch(draftReceived({ roomId: Number(id), draft, at: draft.updatedAt }));
  }
  await restoreUnfinished(store, profile.id);
  startLive(store, profile.id);
  for (const { id, lastRev } of room) chat.track(id, lastRev);
  await findMentions(room)(store.dispatch, store.getState);
}

function startLive(store: AppStore, userId: number) {
  if (stopAll) return;
  const stops = [bridge(chat, store), savePreferences(store), keepCache(store)];
  const focus = () => {
    if (document.visibilityState === 'visible') chat.tryNow();
  };
  document.addEventListener('visibilitychange', focus);
  window.addEventListener('focus', focus);
  chat.start(userId);
  stopAll = () => {
    stops.forEach((stop) => stop());
    document.removeEventListener('visibilitychange', focus);
    window.removeEventListener('focus', focus);
    chat.stop();
    void clearCache();
  };
}

function stopLive() {
  stopAll?.();
  stopAll = undefined;
}
