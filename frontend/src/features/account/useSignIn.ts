import { useStore } from 'react-redux';

import { api } from '@/api/client';
import { enter } from '@/app/boot';
import type { AppStore } from '@/app/store';

export interface Credentials {
  email: string;
  password: string;
}

/** Signs in; where that leads is said by the app's addresses. */
export function useEnter() {
  const store = useStore() as AppStore;
  return async (credentials: Credentials) => {
    await api.login(credentials);
    await enter(store, await api.me());
  };
}
