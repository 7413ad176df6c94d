import { useStore } from 'react-redux';
import { useLocation, useNavigate } from 'react-router';

import { api } from '@/api/client';
import { enter } from '@/app/boot';
import type { AppStore } from '@/app/store';
import { paths } from '@/lib/paths';

export interface Credentials {
  email: string;
  password: string;
}

/** Signs in and goes to where somebody wanted to be. */
export function useEnter() {
  const store = useStore() as AppStore;
  const navigate = useNavigate();
  const state = useLocation().state as { from?: string } | null;
  return async (credentials: Credentials) => {
    await api.login(credentials);
    await enter(store, await api.me());
    await navigate(state?.from ?? paths.home(), { replace: true });
  };
}
