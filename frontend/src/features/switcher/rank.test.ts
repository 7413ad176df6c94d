import { expect, test } from 'vitest';

import { type Place, rank } from './rank';

const PLACES: Place[] = [
  { kind: 'room', id: 1, name: 'Kitchen table', activity: '2026-01-01' },
  { kind: 'room', id: 2, name: 'Release 2.4', activity: '2026-01-02', isWaiting: true },
  { kind: 'direct', id: 3, name: 'Kit Moreno', activity: '2026-01-05' },
  { kind: 'room', id: 4, name: 'Design review', activity: '2026-01-04', isWaiting: true },
  { kind: 'friend', id: 5, name: 'Kitty Lund' },
  { kind: 'user', id: 6, name: 'Kitano' },
  { kind: 'open', id: 7, name: 'Kite flying' },
];
const namesOf = (query: string, places = PLACES) =>
  rank(places, query).flatMap((group) => group.places.map(({ name }) => name));

test('without a query, what waits comes first, then what was used last, then friends', () => {
  expect(rank(PLACES, ' ').map(({ title, places }) => [title, places.map(({ id }) => id)])).toEqual([
    ['unread', [4, 2]],
    ['recent', [3, 1]],
    ['friends', [5]],
  ]);
});

test('of equal fits, rooms come before friends, users and open rooms', () => {
  expect(namesOf('kit')).toEqual(['Kit Moreno', 'Kitchen table', 'Kitty Lund', 'Kitano', 'Kite flying']);
});

test('a better fit goes before everything else', () => {
  expect(namesOf('kite')[0]).toBe('Kite flying');
  expect(namesOf('table')).toContain('Kitchen table');
  expect(namesOf('dr', PLACES.slice(0, 4))).toEqual(['Design review']);
});

test('one typo is forgiven, behind all that is written right', () => {
  expect(namesOf('relaese', PLACES.slice(0, 5))).toEqual(['Release 2.4']);
  expect(namesOf('kitt')[0]).toBe('Kitty Lund');
});

test('what the server found stays, though its name does not tell why', () => {
  expect(namesOf('k@example.org')).toEqual(['Kitano', 'Kite flying']);
});

test('nothing found leaves no group', () => {
  expect(rank(PLACES.slice(0, 5), 'zzzz')).toEqual([]);
});
