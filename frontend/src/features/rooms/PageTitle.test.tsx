import { act } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';

import { roomSettingsChanged } from '@/features/settings/slice';
import { makeRoom } from '@/testing/builders';
import { renderSignedIn } from '@/testing/signed-in';
import { PageTitle } from './PageTitle';
import { roomsRestored } from './slice';

const badge = { setAppBadge: vi.fn(() => Promise.resolve()), clearAppBadge: vi.fn(() => Promise.resolve()) };

afterEach(() => {
  for (const name of Object.keys(badge)) Reflect.deleteProperty(navigator, name);
});

test('the tab and the icon of the app say where one is and what waits', () => {
  Object.assign(navigator, badge);
  const { store, unmount } = renderSignedIn(<PageTitle />, { at: '/r/1' });
  expect(document.title).toBe('Banter');
  act(() => {
    store.dispatch(
      roomsRestored([
        makeRoom({ id: 1, name: 'Kitchen table', unreadCount: 2 }),
        makeRoom({ id: 2, unreadCount: 3, mentions: [4] }),
      ]),
    );
  });
  expect(document.title).toBe('(5 @) Kitchen table – Banter');
  expect(badge.setAppBadge).toHaveBeenLastCalledWith(5);

  act(
    () =>
      void store.dispatch(roomSettingsChanged({ roomId: 2, change: { mutedUntil: Date.now() + 60_000 } })),
  );
  expect(document.title).toBe('(2 @) Kitchen table – Banter');

  unmount();
  expect(document.title).toBe('Banter');
  expect(badge.clearAppBadge).toHaveBeenCalled();
});
