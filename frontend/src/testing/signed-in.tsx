import type { Profile } from '@banter/client';
import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { Provider } from 'react-redux';
import { MemoryRouter } from 'react-router';

import { type RootState, makeStore } from '@/app/store';

export const ME: Profile = {
  id: 1,
  userName: 'Noor',
  image: '',
  bio: 'By the lake',
  github: '',
  online: true,
  email: 'noor@example.com',
  qq: '',
  wechat: '',
  permission: 'user',
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};

interface Setting {
  /** The address. */
  at?: string;
  state?: Partial<RootState>;
}

/** Shows something to somebody who is signed in, at an address of the app. */
export function renderSignedIn(shown: ReactElement, { at = '/', state }: Setting = {}) {
  const store = makeStore({ session: { status: 'signedIn', me: ME, endedBecause: null }, ...state });
  const view = render(
    <Provider store={store}>
      <MemoryRouter initialEntries={[at]}>{shown}</MemoryRouter>
    </Provider>,
  );
  return { store, ...view };
}
