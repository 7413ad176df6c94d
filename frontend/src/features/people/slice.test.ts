import { describe, expect, it } from 'vitest';

import { makePerson } from '@/testing/builders';
import { people, usersMet } from './slice';

const { reducer } = people;
const byId = (...met: Parameters<typeof usersMet>[0][]) =>
  met.reduce<ReturnType<typeof reducer> | undefined>(
    (state, users) => reducer(state, usersMet(users)),
    undefined,
  )?.byId;

describe('people', () => {
  const whole = { ...makePerson(2, 'Bea'), bio: 'words', github: 'bea' };
  const author = { id: 2, userName: 'Beatrice', image: '/2.svg', online: true };

  it('keep what an author of a live message does not say', () => {
    expect(byId([whole], [author])?.[2]).toEqual({ ...author, bio: 'words', github: 'bea' });
    expect(byId([whole], [{ ...whole, bio: '' }])?.[2]?.bio).toBe('');
  });

  it('know of somebody seen in a message alone that there is more to ask for', () => {
    expect(byId([author])?.[2]).toEqual(author);
    expect(byId([author], [whole])?.[2]).toEqual(whole);
  });
});
