// Every address of the app. Links are made here and nowhere else.

export type Panel = 'details' | 'members' | 'media' | 'search';

export interface RoomPlace {
  /** seq of the message to jump to. */
  at?: number;
  panel?: Panel;
  /** What is searched for. */
  q?: string;
  /** Searches all rooms instead of this one. */
  scope?: 'all';
}

function query(values: Record<string, string | number | undefined>): string {
  const filled = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return filled.length
    ? `?${filled.map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&')}`
    : '';
}

export const paths = {
  home: ({ panel, q, scope }: Omit<RoomPlace, 'at'> = {}) => `/${query({ panel, q, scope })}`,
  signIn: () => '/sign-in',
  signUp: () => '/sign-up',
  invite: (code: string) => `/invite/${encodeURIComponent(code)}`,
  room: (id: number, { at, panel, q, scope }: RoomPlace = {}) => `/r/${id}${query({ at, panel, q, scope })}`,
  people: () => '/people',
  person: (id: number) => `/people/${id}`,
  settings: (section?: string, setting?: string) =>
    `/settings${section ? `/${section}` : ''}${setting ? `#${setting}` : ''}`,
};

/** The code of the invitation that stands at an address, if one does. */
export const invitationAt = (address = ''): string | undefined =>
  /^\/invite\/([0-9A-Za-z]+)(?:[?#]|$)/.exec(address)?.[1];
