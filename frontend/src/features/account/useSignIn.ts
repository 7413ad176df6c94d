import { useStore } from 'react-redux';
import { useLocation, useNavigate } from 'react-router';

import { api } from '@/api/client';
import { enter } from '@/app/boot';
import type { AppStore } from '@/app/store';
import { invitationAt, paths } from '@/lib/paths';

export interface Credentials {
  email: string;
  password: string;
}

/** Signs in; where that leads is said by the app's addresses: with an invitation into its room. */
export function useEnter() {
  const store = useStore() as AppStore;
  const navigate = useNavigate();
  const { pathname, state } = useLocation() as { pathname: string; state: { from?: string } | null };
  return async (credentials: Credentials) => {
    await api.login(credentials);
    const code = invitationAt(state?.from);
    const room = code && (await roomBehind(code));
    if (room) await navigate(pathname, { replace: true, state: { from: room } });
    await enter(store, await api.me());
  };
}

/** The address of the room that an invitation leads to; nothing where it does not, which its own page explains. */
function roomBehind(code: string): Promise<string | null> {
  return api.acceptInvitation(code).then(
    ({ id }) => paths.room(id),
    () => null,
  );
}
