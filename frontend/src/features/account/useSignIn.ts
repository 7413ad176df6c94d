import { ApiError } from '@banter/client';
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

export type FormError = 'emailTaken' | 'nameTaken' | 'wrongPassword' | 'tooMany' | 'invalid' | 'offline' | 'server';

const BY_CODE: Record<number, FormError> = {
  1001: 'emailTaken',
  1002: 'wrongPassword',
  1005: 'nameTaken',
  429: 'tooMany',
  400: 'invalid',
};

/** What went wrong, as one of the texts that we have for it. */
export function formErrorOf(error: unknown): FormError {
  if (!(error instanceof ApiError)) return 'offline';
  return BY_CODE[error.code] ?? 'server';
}
