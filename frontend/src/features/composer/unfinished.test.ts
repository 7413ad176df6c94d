import 'fake-indexeddb/auto';

import { describe, expect, it, vi } from 'vitest';

import { makeStore } from '@/app/store';
import { signedIn, signedOut } from '@/features/account/slice';
import { ME } from '@/testing/signed-in';
import { drafted } from './drafts-slice';
import { keepUnfinished, restoreUnfinished } from './unfinished';

vi.mock('@/api/client', () => ({ api: {}, chat: {}, fileUrl: (path: string) => path }));

const endedWhileWriting = async () => {
  const store = makeStore();
  store.dispatch(signedIn(ME));
  store.dispatch(drafted({ roomId: 7, text: 'half a sentence', at: 1 }));
  const before = store.getState();
  store.dispatch(signedOut('revoked'));
  await keepUnfinished(before);
};

describe('what was being written when a session ended', () => {
  it('is there again for the same person, once', async () => {
    await endedWhileWriting();
    const store = makeStore();
    await restoreUnfinished(store, ME.id);
    expect(store.getState().drafts.byRoom[7]?.text).toBe('half a sentence');
    const later = makeStore();
    await restoreUnfinished(later, ME.id);
    expect(later.getState().drafts.byRoom).toEqual({});
  });

  it('is shown to nobody else, and lost with them', async () => {
    await endedWhileWriting();
    const others = makeStore();
    await restoreUnfinished(others, ME.id + 1);
    expect(others.getState().drafts.byRoom).toEqual({});
    const store = makeStore();
    await restoreUnfinished(store, ME.id);
    expect(store.getState().drafts.byRoom).toEqual({});
  });
});
