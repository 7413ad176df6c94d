// Every address of the app. Links are made here and nowhere else.

export type Panel = 'details' | 'members' | 'media' | 'search';

export interface RoomPlace {
  /** seq of the message to jump to. */
  at?: number;
  panel?: Panel;
  /** What is searched for. */
  q?: string;
}

function query(values: Record<string, string | number | undefined>): string {
  const filled = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return filled.length ? `?${filled.map(([name, value]) => `${name}=${encodeURIComponent(value ?? '')}`).join('&')}` : '';
}

export const paths = {
  home: () => '/',
  signIn: () => '/sign-in',
  signUp: () => '/sign-up',
  room: (id: number, { at, panel, q }: RoomPlace = {}) => `/r/${id}${query({ at, panel, q })}`,
  people: () => '/people',
  person: (id: number) => `/people/${id}`,
  settings: (section?: string) => (section ? `/settings/${section}` : '/settings'),
};
