import { FIT, type Fit, type Spelling, fitOf } from '@/features/rooms/match';

/** Where one can go. Friends and users have no room yet; open rooms are not joined. */
export interface Place {
  kind: 'room' | 'direct' | 'friend' | 'user' | 'open';
  /** Of the room, or of the person. */
  id: number;
  name: string;
  /** Something there waits to be read. */
  isWaiting?: boolean;
  /** When something happened there last. */
  activity?: string;
}

export interface Group<P extends Place> {
  title: 'unread' | 'recent' | 'friends' | 'found';
  places: P[];
}

const KIND_ORDER: Record<Place['kind'], number> = { room: 0, direct: 0, friend: 1, user: 2, open: 3 };
const RECENT_MAX = 12;
const FRIENDS_MAX = 8;
const FOUND_MAX = 30;

const newestFirst = (a: Place, b: Place) => (b.activity ?? '').localeCompare(a.activity ?? '');

/** What to offer: without a query what waits and what was used last, else what fits best. Empty groups are left out. */
export function rank<P extends Place>(places: P[], query: string, spelling?: Spelling): Group<P>[] {
  const groups = query.trim() ? [found(places, query, spelling)] : offered(places);
  return groups.filter((group) => group.places.length > 0);
}

function offered<P extends Place>(places: P[]): Group<P>[] {
  const rooms = places.filter(({ kind }) => kind === 'room' || kind === 'direct').sort(newestFirst);
  return [
    { title: 'unread', places: rooms.filter((room) => room.isWaiting) },
    { title: 'recent', places: rooms.filter((room) => !room.isWaiting).slice(0, RECENT_MAX) },
    { title: 'friends', places: places.filter(({ kind }) => kind === 'friend').slice(0, FRIENDS_MAX) },
  ];
}

function found<P extends Place>(places: P[], query: string, spelling?: Spelling): Group<P> {
  const fits = places
    .map((place) => ({ place, fit: fitOfPlace(place, query, spelling) }))
    .filter(({ fit }) => fit !== FIT.NONE);
  fits.sort(
    (a, b) =>
      b.fit - a.fit ||
      KIND_ORDER[a.place.kind] - KIND_ORDER[b.place.kind] ||
      Number(b.place.isWaiting ?? false) - Number(a.place.isWaiting ?? false) ||
      newestFirst(a.place, b.place),
  );
  return { title: 'found', places: fits.slice(0, FOUND_MAX).map(({ place }) => place) };
}

function fitOfPlace({ kind, name }: Place, query: string, spelling?: Spelling): Fit {
  const fit = fitOf(name, query, { spelling, forgives: true });
  // Those are answers of the server, which knows more than names, such as addresses.
  const isAnswer = kind === 'user' || kind === 'open';
  return isAnswer && fit < FIT.PART ? FIT.PART : fit;
}
