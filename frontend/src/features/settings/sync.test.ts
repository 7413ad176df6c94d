import type { Preference } from '@banter/client';
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { api } from '@/api/client';
import { makeStore } from '@/app/store';
import { signedOut } from '@/features/account/slice';
import { drafted } from '@/features/composer/drafts-slice';
import { FOR_EVER, PERSONAL_DEFAULTS, personalChanged, roomSettingsChanged } from './slice';
import { flushPreferences, loadPreferences, receivePreference, restorePreferences } from './sync';

vi.mock('@/api/client', () => ({
  api: { preferences: vi.fn(), setPreferences: vi.fn() },
  chat: {},
  fileUrl: (path: string) => path,
}));

const AT = Date.parse('2026-01-05T12:00:00.000Z');
const preference = (key: string, value: unknown, at = AT): Preference => ({
  key,
  value,
  updatedAt: new Date(at).toISOString(),
});
const sent = () => vi.mocked(api.setPreferences).mock.calls.flatMap(([items]) => items);

const opened = async (...held: Preference[]) => {
  vi.mocked(api.preferences).mockResolvedValue(held);
  const store = makeStore();
  await store.dispatch(loadPreferences());
  return store;
};

beforeEach(() => {
  vi.mocked(api.setPreferences).mockReset().mockResolvedValue([]);
});

describe('restorePreferences', () => {
  it('shows what was known until the server says what holds; later changes stay', async () => {
    const store = makeStore();
    const rooms = { 3: { pinned: true }, 4: { pinned: true }, 5: { pinned: true } };
    store.dispatch(restorePreferences({ personal: { ...PERSONAL_DEFAULTS, enterSends: false }, rooms }));
    expect(store.getState().settings).toMatchObject({ personal: { enterSends: false }, rooms });
    store.dispatch(roomSettingsChanged({ roomId: 5, change: { mutedUntil: FOR_EVER } }));
    vi.mocked(api.preferences).mockResolvedValue([preference('room:3', { pinned: true })]);
    await store.dispatch(loadPreferences());
    expect(store.getState().settings.rooms).toEqual({
      3: { pinned: true },
      // Unpinned at another device.
      4: {},
      5: { pinned: true, mutedUntil: FOR_EVER },
    });
  });
});

describe('flushPreferences', () => {
  it('sends nothing back that the server holds, whatever the order of its keys', async () => {
    const store = await opened(
      preference('room:3', { mutedUntil: FOR_EVER, pinned: true }),
      preference('draft:4', { updatedAt: AT, text: 'half a' }),
    );
    store.dispatch(receivePreference(preference('room:5', { pinned: true })));
    await store.dispatch(flushPreferences());
    expect(sent()).toEqual([]);
  });

  it('sends what changed, a draft with the moment of its last key', async () => {
    const store = await opened();
    store.dispatch(drafted({ roomId: 4, text: 'half a sentence', at: AT }));
    store.dispatch(personalChanged({ enterSends: false }));
    await store.dispatch(flushPreferences());
    expect(
      sent()
        .map(({ key }) => key)
        .sort(),
    ).toEqual(['draft:4', 'personal']);
    expect(sent().find(({ key }) => key === 'draft:4')).toEqual({
      key: 'draft:4',
      value: { text: 'half a sentence', updatedAt: AT },
      updatedAt: new Date(AT).toISOString(),
    });
  });

  it('removes a draft that was sent', async () => {
    const store = await opened(preference('draft:4', { text: 'half a', updatedAt: AT }));
    store.dispatch(drafted({ roomId: 4, text: '', at: AT + 1 }));
    await store.dispatch(flushPreferences());
    expect(sent()).toMatchObject([{ key: 'draft:4', value: null }]);
  });

  it('tries again what could not be sent', async () => {
    const store = await opened();
    store.dispatch(roomSettingsChanged({ roomId: 3, change: { pinned: true } }));
    vi.mocked(api.setPreferences).mockRejectedValueOnce(new Error('offline'));
    await expect(store.dispatch(flushPreferences())).rejects.toThrow('offline');
    await store.dispatch(flushPreferences());
    expect(sent().map(({ key }) => key)).toEqual(['room:3', 'room:3']);
  });
});

describe('receivePreference', () => {
  it('keeps words that are newer here', async () => {
    const store = await opened();
    store.dispatch(drafted({ roomId: 4, text: 'newer', at: AT + 10 }));
    // Saved later, typed earlier.
    store.dispatch(receivePreference(preference('draft:4', { text: 'older', updatedAt: AT }, AT + 1000)));
    expect(store.getState().drafts.byRoom[4]?.text).toBe('newer');
  });

  it('takes room settings whole, so that an unpinned room is unpinned here too', async () => {
    const store = await opened(preference('room:3', { pinned: true, mutedUntil: FOR_EVER }));
    store.dispatch(receivePreference(preference('room:3', { mutedUntil: FOR_EVER })));
    expect(store.getState().settings.rooms[3]).toEqual({ mutedUntil: FOR_EVER });
  });
});

describe('signing out', () => {
  it('leaves the device as it is and nothing of the person', async () => {
    const store = await opened(
      preference('room:3', { pinned: true }),
      preference('personal', { enterSends: false }),
    );
    store.dispatch(signedOut(null));
    expect(store.getState().settings.rooms).toEqual({});
    expect(store.getState().settings.personal.enterSends).toBe(true);
  });
});
