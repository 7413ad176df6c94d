import { test as base, expect } from '@playwright/test';

import { Person } from './person';
import { Server } from './server';

interface Fixtures {
  /** Somebody new, signed in nowhere yet. */
  newPerson: (name: string) => Promise<Person>;
  /** Another device of somebody. */
  newDevice: (person: Person) => Person;
  people: Person[];
}

interface WorkerFixtures {
  server: Server;
}

/** Tests with a server of their worker's, and people whose browsers must not complain. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.remove();
    },
    { scope: 'worker' },
  ],
  newPerson: async ({ server, people }, use) => {
    await use(async (name) => {
      const person = await Person.register(server, name);
      people.push(person);
      return person;
    });
  },
  newDevice: async ({ people }, use) => {
    await use((person) => {
      const device = Person.copyOf(person);
      people.push(device);
      return device;
    });
  },
  people: async ({ server }, use, info) => {
    const people: Person[] = [];
    await use(people);
    for (const { context } of people) await context?.close();
    if (info.status === 'passed') expect(people.flatMap(({ complaints }) => complaints)).toEqual([]);
    else console.log(server.log.split('\n').slice(-15).join('\n'));
  },
});

export { Person, expect };
