// Settings and drafts that follow a person from device to device, as preferences on the server.
// Keys: `draft:<room>`, `room:<room>`, `personal`.
import type { Preference } from '@banter/client';

import { api } from '@/api/client';
import type { AppStore, AppThunk } from '@/app/store';
import { type Draft, draftReceived } from '@/features/composer/drafts-slice';
import { type PersonalSettings, type RoomSettings, personalChanged, roomSettingsChanged } from './slice';

const SAVE_MS = 1000;

/** Takes a preference of another device, or of an earlier visit. */
export function receivePreference({ key, value, updatedAt }: Preference): AppThunk {
  return (dispatch) => {
    const [kind, id] = key.split(':');
    const roomId = Number(id);
    const at = Date.parse(updatedAt);
    if (kind === 'draft') dispatch(draftReceived({ roomId, draft: value as Draft | null, at }));
    else if (kind === 'room') dispatch(roomSettingsChanged({ roomId, change: (value ?? {}) as RoomSettings }));
    else if (kind === 'personal') dispatch(personalChanged((value ?? {}) as Partial<PersonalSettings>));
  };
}

export function loadPreferences(): AppThunk<Promise<void>> {
  return async (dispatch) => {
    for (const preference of await api.preferences()) dispatch(receivePreference(preference));
  };
}

/** Watches the store and saves what changed, a moment later and together. Received values are not sent back. */
export function savePreferences(store: AppStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saved = snapshot(store.getState());
  const save = async () => {
    const now = snapshot(store.getState());
    const items = Object.keys({ ...saved, ...now })
      .filter((key) => JSON.stringify(saved[key]) !== JSON.stringify(now[key]))
      .map((key) => ({ key, value: now[key] ?? null, updatedAt: new Date().toISOString() }));
    if (items.length === 0) return;
    try {
      await api.setPreferences(items.slice(0, 100));
      saved = now;
    } catch {
      // Offline, or busy: the next change, or the next connection, tries again.
    }
  };
  const stop = store.subscribe(() => {
    if (store.getState().session.status !== 'signedIn') return;
    clearTimeout(timer);
    timer = setTimeout(() => void save(), SAVE_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
    void save();
    saved = {};
  };
}

function snapshot(state: ReturnType<AppStore['getState']>): Record<string, unknown> {
  const all: Record<string, unknown> = { personal: state.settings.personal };
  for (const [id, draft] of Object.entries(state.drafts.byRoom)) all[`draft:${id}`] = draft;
  for (const [id, room] of Object.entries(state.settings.rooms)) all[`room:${id}`] = room;
  return all;
}
