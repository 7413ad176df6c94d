import { describe, expect, it } from 'vitest';

import { RoomRevs } from './revs.js';

const change = (rev: number, id = rev) => ({ id, rev });

function seeded(rev: number): RoomRevs {
  const revs = new RoomRevs();
  revs.seed(rev);
  return revs;
}

const revsOf = (changes: { rev: number }[]) => changes.map(({ rev }) => rev);

describe('changes that come in order', () => {
  it('are news, once', () => {
    const revs = seeded(5);
    expect(revsOf(revs.take([change(6), change(7)]))).toEqual([6, 7]);
    expect(revsOf(revs.take([change(7), change(6), change(5)]))).toEqual([]);
    expect(revs.rev).toBe(7);
    expect(revs.hasGap).toBe(false);
  });
});

describe('changes with a jump', () => {
  it('are news at once, and leave a gap', () => {
    const revs = seeded(5);
    expect(revsOf(revs.take([change(8)]))).toEqual([8]);
    expect(revs.rev).toBe(5);
    expect(revs.hasGap).toBe(true);
  });

  it('are no news a second time', () => {
    const revs = seeded(5);
    revs.take([change(8)]);
    expect(revs.take([change(8)])).toEqual([]);
  });

  it('close the gap when the missing ones come late', () => {
    const revs = seeded(5);
    revs.take([change(8)]);
    expect(revsOf(revs.take([change(7), change(6)]))).toEqual([7, 6]);
    expect(revs.rev).toBe(8);
    expect(revs.hasGap).toBe(false);
  });

  it('are not undone by an older state of the same message', () => {
    const revs = seeded(5);
    revs.take([change(9, 1)]);
    expect(revs.takeAll([change(7, 1), change(8, 2)], 8)).toEqual([change(8, 2)]);
    expect(revs.rev).toBe(9);
  });
});

describe('the answer of a sync', () => {
  it('is complete up to where it says, although revs of changes that were changed again are missing', () => {
    const revs = seeded(5);
    expect(revsOf(revs.takeAll([change(8), change(12)], 14))).toEqual([8, 12]);
    expect(revs.rev).toBe(14);
    expect(revs.hasGap).toBe(false);
  });

  it('does not lead back behind pushes that came meanwhile', () => {
    const revs = seeded(5);
    revs.take([change(6), change(7), change(8)]);
    expect(revs.takeAll([change(6), change(7)], 7)).toEqual([]);
    expect(revs.rev).toBe(8);
  });
});

describe('a room that nobody follows', () => {
  it('has no gaps, but tells nothing twice', () => {
    const revs = new RoomRevs();
    expect(revsOf(revs.take([change(3), change(7), change(3)]))).toEqual([3, 7]);
    expect(revs.hasGap).toBe(false);
    expect(revs.rev).toBeUndefined();
  });

  it('counts what came before somebody followed', () => {
    const revs = new RoomRevs();
    revs.take([change(3), change(6), change(7), change(9)]);
    revs.seed(5);
    expect(revs.rev).toBe(7);
    expect(revs.hasGap).toBe(true);
  });

  it('is remembered only so far', () => {
    const revs = new RoomRevs();
    revs.take(Array.from({ length: 501 }, (_, rev) => change(rev + 1)));
    expect(revsOf(revs.take([change(2), change(1)]))).toEqual([1]);
  });
});

describe('a seed', () => {
  it('counts once: what is told later may hide something', () => {
    const revs = seeded(5);
    revs.seed(9);
    expect(revs.rev).toBe(5);
  });
});

describe('a reset', () => {
  it('begins anew, also further back', () => {
    const revs = seeded(50);
    revs.take([change(60)]);
    revs.reset([change(3), change(5)], 4);
    expect(revs.rev).toBe(5);
    expect(revs.hasGap).toBe(false);
    expect(revsOf(revs.take([change(5), change(6)]))).toEqual([6]);
  });
});

describe('any order of pushes and syncs', () => {
  /** A small random generator, so that a failure can be repeated. */
  function* chances(seed: number) {
    for (let state = seed; ;) {
      state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
      yield state / 2 ** 32;
    }
  }

  it.each(Array.from({ length: 50 }, (_, seed) => seed))(
    'hands on each newest state, and never goes back (%d)',
    (seed) => {
      const random = chances(seed);
      const chance = () => random.next().value as number;
      const server: { id: number; rev: number }[] = [];
      const known = new Map<number, number>();
      const revs = seeded(0);
      const inFlight: { changes: { id: number; rev: number }[]; upTo: number }[] = [];
      const handOn = (news: { id: number; rev: number }[]) => {
        for (const { id, rev } of news) {
          expect(rev).toBeGreaterThan(known.get(id) ?? 0);
          known.set(id, rev);
        }
      };
      for (let rev = 1; rev <= 60; rev++) {
        const id = 1 + Math.floor(chance() * 8);
        const current = server.find((one) => one.id === id);
        if (current) current.rev = rev;
        else server.push(change(rev, id));
        if (chance() < 0.2) {
          const changes = server.filter((one) => one.rev > (revs.rev ?? 0)).map((one) => ({ ...one }));
          inFlight.push({ changes: changes.sort((one, other) => one.rev - other.rev), upTo: rev });
        }
        if (chance() < 0.7) handOn(revs.take([change(rev, id)]));
        const answer = chance() < 0.3 ? inFlight.shift() : undefined;
        if (answer) handOn(revs.takeAll(answer.changes, answer.upTo));
      }
      const rest = server
        .filter((one) => one.rev > (revs.rev ?? 0))
        .sort((one, other) => one.rev - other.rev);
      handOn(revs.takeAll(rest, 60));
      expect(revs.rev).toBe(60);
      expect([...known].sort()).toEqual(server.map(({ id, rev }) => [id, rev]).sort());
    },
  );
});
