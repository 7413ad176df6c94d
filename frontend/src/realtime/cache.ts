// A copy of what was seen last, in the browser's database: rooms open at once, and without a network too.
import type { Message, Profile, User } from '@banter/client';

import { chat } from '@/api/client';
import type { AppStore, RootState } from '@/app/store';
import { signedIn } from '@/features/account/slice';
import { type Draft, draftReceived } from '@/features/composer/drafts-slice';
import { usersMet } from '@/features/people/slice';
import { type RoomEntry, roomsRestored } from '@/features/rooms/slice';
import { restorePreferences } from '@/features/settings/sync';
import { segmentAt } from '@/features/timeline/segments';
import { timelineRestored } from '@/features/timeline/slice';
import { lastDrafts } from '@/features/composer/last-drafts';
import { openTable } from '@/lib/table';

const SAVE_MS = 1500;
/** Kept of each room, newest first. */
const MESSAGES_MAX = 100;
const ROOMS_MAX = 40;
/** The service worker's copy of files; `vite.config.ts` names it. */
const MEDIA_CACHE = 'media';

interface Copy {
  me: Profile;
  users: User[];
  rooms: RoomEntry[];
  timelines: Record<number, Message[]>;
  drafts: Record<number, Draft>;
  /** Missing in copies of earlier versions. */
  settings?: Pick<RootState['settings'], 'personal' | 'rooms'>;
}

const table = openTable<Copy>('banter-cache', 'copy');

/** Fills the store from the copy; answers with the user's id, or null where there is none. */
export async function restoreCache(store: AppStore): Promise<number | null> {
  const copy = await table.get('last');
  if (!copy) return null;
  const drafts = { ...copy.drafts, ...lastDrafts.get(copy.me.id) };
  const { dispatch } = store;
  dispatch(signedIn(copy.me));
  if (copy.settings) dispatch(restorePreferences(copy.settings));
  dispatch(usersMet(copy.users));
  dispatch(roomsRestored(copy.rooms));
  for (const [id, messages] of Object.entries(copy.timelines)) {
    dispatch(timelineRestored({ roomId: Number(id), messages }));
  }
  for (const [id, draft] of Object.entries(drafts)) {
    dispatch(draftReceived({ roomId: Number(id), draft, at: draft.updatedAt }));
  }
  for (const room of copy.rooms) chat.track(room.id, room.lastRev);
  return copy.me.id;
}

/** Keeps the copy up to date until stopped. */
export function keepCache(store: AppStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = () => {
    timer = undefined;
    const copy = copyOf(store.getState());
    if (copy) void table.put('last', copy);
  };
  const hide = () => {
    if (document.visibilityState === 'visible') {
      lastDrafts.clear();
      return;
    }
    const { session, drafts } = store.getState();
    if (session.me) lastDrafts.set(session.me.id, drafts.byRoom);
    clearTimeout(timer);
    save();
  };
  document.addEventListener('visibilitychange', hide);
  const stop = store.subscribe(() => {
    timer ??= setTimeout(save, SAVE_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', hide);
  };
}

export async function clearCache(): Promise<void> {
  lastDrafts.clear();
  await table.remove('last');
  // Files that the service worker kept are one person's too.
  if ('caches' in window) await caches.delete(MEDIA_CACHE);
}

function copyOf(state: RootState): Copy | null {
  const me = state.session.me;
  if (state.session.status !== 'signedIn' || !me || !state.rooms.isLoaded) return null;
  const rooms = Object.values(state.rooms.byId);
  const recent = [...rooms].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt)).slice(0, ROOMS_MAX);
  const kept: Copy['timelines'] = {};
  for (const { id } of recent) {
    const timeline = state.timelines.byRoom[id];
    if (!timeline?.isLoaded) continue;
    const [start, end] = segmentAt(timeline.seqs, null);
    kept[id] = timeline.seqs
      .slice(Math.max(start, end - MESSAGES_MAX), end)
      .flatMap((seq) => timeline.bySeq[seq] ?? []);
  }
  return {
    me,
    users: Object.values(state.people.byId),
    rooms,
    timelines: kept,
    drafts: state.drafts.byRoom,
    settings: { personal: state.settings.personal, rooms: state.settings.rooms },
  };
}
