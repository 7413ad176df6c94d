// Settings and drafts that follow a person from device to device, as preferences on the server.
// Keys: `draft:<room>`, `room:<room>`, `personal`.
import type { Preference } from '@banter/client';

import { api } from '@/api/client';
import type { AppStore, AppThunk, RootState } from '@/app/store';
import { type Draft, draftReceived } from '@/features/composer/drafts-slice';
import {
  PERSONAL_DEFAULTS,
  type PersonalSettings,
  type RoomSettings,
  personalChanged,
  roomSettingsReplaced,
} from './slice';

const SAVE_MS = 1000;
/** The server takes so many at once. */
const ITEMS_MAX = 100;

/** JSON that is the same for the same value: databases keep keys in an order of their own. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** What the server holds, as JSON by key; null until it has said so, and nothing is saved before. */
let held: Map<string, string> | null = null;

/** Takes a preference of another device, or of an earlier visit. It is not sent back. */
export function receivePreference({ key, value, updatedAt }: Preference): AppThunk {
  return (dispatch) => {
    if (value === null) held?.delete(key);
    else held?.set(key, canonical(value));
    const [kind, id] = key.split(':');
    const roomId = Number(id);
    if (kind === 'draft') {
      const draft = value as Draft | null;
      // The moment of the last key, not of the saving: text that is newer here stays.
      dispatch(draftReceived({ roomId, draft, at: draft?.updatedAt ?? Date.parse(updatedAt) }));
    } else if (kind === 'room') {
      dispatch(roomSettingsReplaced({ roomId, settings: value ?? {} }));
    } else if (kind === 'personal') {
      dispatch(personalChanged((value ?? {}) as Partial<PersonalSettings>));
    }
  };
}

/** What an earlier visit knew of the rooms, until the server has said what holds. */
let remembered: Record<number, RoomSettings> = {};

/** Takes what an earlier visit knew: nothing moves when the server says the same a moment later. */
export function restorePreferences({
  personal,
  rooms,
}: Pick<RootState['settings'], 'personal' | 'rooms'>): AppThunk {
  return (dispatch) => {
    remembered = rooms;
    dispatch(personalChanged(personal));
    for (const [id, settings] of Object.entries(rooms)) {
      dispatch(roomSettingsReplaced({ roomId: Number(id), settings }));
    }
  };
}

export function loadPreferences(): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    const preferences = await api.preferences();
    held = new Map([['personal', canonical(PERSONAL_DEFAULTS)]]);
    for (const preference of preferences) dispatch(receivePreference(preference));
    for (const [id, settings] of Object.entries(remembered)) {
      const roomId = Number(id);
      // Taken back at another device meanwhile. What was set here since is newer and stays.
      const isOutdated = !held.has(`room:${id}`) && getState().settings.rooms[roomId] === settings;
      if (isOutdated) dispatch(roomSettingsReplaced({ roomId, settings: {} }));
    }
    remembered = {};
  };
}

/** Saves now what the server does not hold yet. */
export function flushPreferences(): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    if (!held) await dispatch(loadPreferences());
    const known = held;
    if (!known) return;
    const now = snapshot(getState());
    const items = [...new Set([...known.keys(), ...now.keys()])]
      .filter((key) => (now.has(key) ? canonical(now.get(key)) : undefined) !== known.get(key))
      .slice(0, ITEMS_MAX)
      .map((key) => ({ key, value: now.get(key) ?? null, updatedAt: changedAt(now.get(key)) }));
    if (items.length === 0) return;
    await api.setPreferences(items);
    for (const { key, value } of items) {
      if (value === null) known.delete(key);
      else known.set(key, canonical(value));
    }
  };
}

/** Watches the store and saves what changed, a moment later and together. */
export function savePreferences(store: AppStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = watched(store.getState());
  const save = () => {
    timer = undefined;
    store.dispatch(flushPreferences()).catch(() => {
      // Offline, or busy: the next change, or the next connection, tries again.
    });
  };
  const stop = store.subscribe(() => {
    const next = watched(store.getState());
    if (next.every((part, index) => part === last[index])) return;
    last = next;
    clearTimeout(timer);
    timer = setTimeout(save, SAVE_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
    held = null;
  };
}

/** Drafts know when; of anything else the change is a moment old at most. */
function changedAt(value: unknown): string {
  const at = (value as Partial<Draft> | undefined)?.updatedAt;
  return new Date(at ?? Date.now()).toISOString();
}

/** The parts of the state whose change may be something to save, or a chance to do so. */
function watched(state: RootState): unknown[] {
  return [state.settings.personal, state.settings.rooms, state.drafts.byRoom, state.connection.state];
}

function snapshot(state: RootState): Map<string, unknown> {
  const all = new Map<string, unknown>([['personal', state.settings.personal]]);
  for (const [id, draft] of Object.entries(state.drafts.byRoom)) all.set(`draft:${id}`, draft);
  for (const [id, room] of Object.entries(state.settings.rooms)) all.set(`room:${id}`, room);
  return all;
}
