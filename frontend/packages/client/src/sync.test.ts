import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ApiError, NetworkError } from './errors.js';
import type { MessagesEvent } from './events.js';
import { Sync, type SyncAnswer } from './sync.js';
import { settle } from './testing/clock.js';
import { message } from './testing/messages.js';

type Asked = { id: number; rev: number }[];

let asked: Asked[];
let answers: (SyncAnswer | Error | ((rooms: Asked) => SyncAnswer))[];
let events: MessagesEvent[];
let gone: number[][];
let laters: (() => void)[];
/** How many questions are open. */
let running: number;
let mostAtOnce: number;
let sync: Sync;

beforeEach(() => {
  [asked, answers, events, gone, laters] = [[], [], [], [], []];
  [running, mostAtOnce] = [0, 0];
  sync = new Sync({
    ask: async (rooms) => {
      asked.push(rooms);
      mostAtOnce = Math.max(mostAtOnce, ++running);
      await settle();
      running -= 1;
      const answer = answers.shift() ?? { rooms: [], gone: [] };
      if (answer instanceof Error) throw answer;
      return typeof answer === 'function' ? answer(rooms) : answer;
    },
    later: (run) => laters.push(run),
    handOn: (event) => events.push(event),
    gone: (ids) => gone.push(ids),
  });
});

afterEach(() => expect(mostAtOnce).toBeLessThan(2));

const head = (id: number, lastRev: number) => ({ id, lastSeq: lastRev, lastRev, readSeq: 0, unreadCount: 0 });

/** What a server answers for one room. */
const room = (id: number, lastRev: number, revs: number[], more = false) => ({
  ...head(id, lastRev),
  messages: revs.map((rev) => message({ rev, roomId: id })),
  more,
});

const told = () => events.map(({ roomId, messages }) => [roomId, messages.map(({ rev }) => rev)]);

async function tracked(...rooms: [id: number, rev: number][]) {
  for (const [id, rev] of rooms) sync.track(id, rev);
  await done();
  [asked, events] = [[], []];
}

async function done() {
  for (let turn = 0; turn < 10; turn++) await settle();
}

describe('following rooms', () => {
  it('asks once for all that are told at once', async () => {
    sync.track(1, 5);
    sync.track(2, 7);
    await done();
    expect(asked).toEqual([
      [
        { id: 1, rev: 5 },
        { id: 2, rev: 7 },
      ],
    ]);
  });

  it('asks for at most 500 rooms at once', async () => {
    for (let id = 1; id <= 1_100; id++) sync.track(id, 0);
    await done();
    expect(asked.map((rooms) => rooms.length)).toEqual([500, 500, 100]);
  });

  it('asks nothing about what is already known', async () => {
    await tracked([1, 5]);
    sync.track(1, 5);
    sync.track(1, 3);
    await done();
    expect(asked).toEqual([]);
  });

  it('asks when the app was told of something newer, from where the room really is', async () => {
    await tracked([1, 5]);
    sync.track(1, 9);
    await done();
    expect(asked).toEqual([[{ id: 1, rev: 5 }]]);
  });

  it('compares with what signing in told', async () => {
    await tracked([1, 5], [2, 7], [3, 1]);
    sync.all([head(1, 5), head(2, 8)]);
    await done();
    expect(asked).toEqual([
      [
        { id: 2, rev: 7 },
        { id: 3, rev: 1 },
      ],
    ]);
  });

  it('ends with the room', async () => {
    await tracked([1, 5]);
    sync.untrack(1);
    sync.all();
    await done();
    expect(asked).toEqual([]);
  });
});

describe('a jump', () => {
  it('tells what came, and asks for what did not', async () => {
    await tracked([1, 5]);
    answers = [{ rooms: [room(1, 8, [6, 7, 8])], gone: [] }];
    sync.take(message({ rev: 8 }), 'push');
    expect(told()).toEqual([[1, [8]]]);
    await done();
    expect(asked).toEqual([[{ id: 1, rev: 5 }]]);
    expect(told()).toEqual([
      [1, [8]],
      [1, [6, 7]],
    ]);
    expect(events.map(({ source }) => source)).toEqual(['push', 'sync']);
  });

  it('is asked for once, although more pushes come', async () => {
    await tracked([1, 5]);
    answers = [{ rooms: [room(1, 9, [6, 7, 8, 9])], gone: [] }];
    for (const rev of [7, 8, 9]) sync.take(message({ rev }), 'push');
    await done();
    expect(asked).toHaveLength(1);
  });

  it('during a question leads to another one', async () => {
    await tracked([1, 5], [2, 5]);
    answers = [{ rooms: [room(1, 7, [6, 7])], gone: [] }];
    sync.take(message({ rev: 7 }), 'push');
    await settle();
    sync.take(message({ rev: 9, roomId: 2 }), 'push');
    await done();
    expect(asked).toEqual([[{ id: 1, rev: 5 }], [{ id: 2, rev: 5 }]]);
  });

  it('is not overlooked, however close to the end of a question it comes', async () => {
    for (let turns = 0; turns < 20; turns++) {
      const roomId = 10 + turns;
      answers = [
        () => {
          let turn = Promise.resolve();
          for (let count = 0; count < turns; count++) turn = turn.then(() => {});
          void turn.then(() => sync.track(roomId, 0));
          return { rooms: [], gone: [] };
        },
      ];
      sync.track(1_000 + turns, 0);
      await done();
      expect(asked.flat()).toContainEqual({ id: roomId, rev: 0 });
    }
  });

  it('in a room that nobody follows is none', async () => {
    sync.take(message({ rev: 3 }), 'push');
    sync.take(message({ rev: 9 }), 'push');
    sync.take(message({ rev: 9 }), 'sent');
    await done();
    expect(told()).toEqual([
      [1, [3]],
      [1, [9]],
    ]);
    expect(asked).toEqual([]);
  });
});

describe('an answer', () => {
  it('that is not all is asked for again', async () => {
    answers = [
      { rooms: [room(1, 9, [1, 2, 3], true)], gone: [] },
      { rooms: [room(1, 9, [5, 6], true)], gone: [] },
      { rooms: [room(1, 9, [9])], gone: [] },
    ];
    sync.track(1, 0);
    await done();
    expect(asked).toEqual([[{ id: 1, rev: 0 }], [{ id: 1, rev: 3 }], [{ id: 1, rev: 6 }]]);
    expect(told()).toEqual([
      [1, [1, 2, 3]],
      [1, [5, 6]],
      [1, [9]],
    ]);
    expect(events.map((event) => event.head)).toEqual([head(1, 9), head(1, 9), head(1, 9)]);
  });

  it('that has no room for one of the rooms is asked for that one again', async () => {
    answers = [{ rooms: [room(1, 2, [1, 2]), room(2, 2, [], true)], gone: [] }];
    sync.track(1, 0);
    sync.track(2, 0);
    await done();
    expect(asked[1]).toEqual([{ id: 2, rev: 0 }]);
  });

  it('that has more, but gives nothing, is not asked for without end', async () => {
    answers = Array.from({ length: 50 }, () => ({ rooms: [room(1, 9, [], true)], gone: [] }));
    sync.track(1, 0);
    await done();
    expect(asked).toHaveLength(1);
  });

  it('that is older than a push tells only the rest', async () => {
    await tracked([1, 5]);
    const old = { ...room(1, 7, []), messages: [message({ id: 1, rev: 6 }), message({ id: 2, rev: 7 })] };
    answers = [{ rooms: [old], gone: [] }];
    sync.all();
    await settle();
    sync.take(message({ id: 1, rev: 8 }), 'push');
    await done();
    expect(events.flatMap(({ messages }) => messages.map(({ id, rev }) => [id, rev]))).toEqual([
      [1, 8],
      [2, 7],
    ]);
  });

  it('that says reset makes the room begin anew', async () => {
    await tracked([1, 50]);
    answers = [{ rooms: [{ ...room(1, 4, [1, 2, 3, 4]), reset: true }], gone: [] }];
    sync.all();
    await done();
    expect(events).toEqual([
      {
        roomId: 1,
        messages: [1, 2, 3, 4].map((rev) => message({ rev })),
        source: 'sync',
        reset: true,
        head: head(1, 4),
      },
    ]);
    sync.take(message({ rev: 5 }), 'push');
    await done();
    expect(asked).toHaveLength(1);
  });

  it('tells of rooms that are gone, and they are not asked for any more', async () => {
    answers = [{ rooms: [], gone: [1] }];
    sync.track(1, 5);
    await done();
    expect(gone).toEqual([[1]]);
    sync.all();
    await done();
    expect(asked).toHaveLength(1);
  });

  it('for a room that was let go meanwhile is not told', async () => {
    answers = [{ rooms: [room(1, 6, [6])], gone: [] }];
    sync.track(1, 5);
    await settle();
    sync.untrack(1);
    sync.take(message({ rev: 7 }), 'push');
    await done();
    expect(told()).toEqual([[1, [7]]]);
  });

  it('is complete up to where it says, also where no message stands for the last change', async () => {
    answers = [{ rooms: [room(1, 9, [6, 7])], gone: [] }];
    sync.track(1, 5);
    await done();
    sync.take(message({ rev: 10 }), 'push');
    await done();
    expect(asked).toHaveLength(1);
  });
});

describe('a question without an answer', () => {
  it('is left to the next connection when this one is lost', async () => {
    answers = [new NetworkError('lost')];
    sync.track(1, 5);
    await done();
    expect(asked).toHaveLength(1);
    expect(laters).toEqual([]);
    sync.all();
    await done();
    expect(asked).toHaveLength(2);
  });

  it('is asked later when the server cannot answer now', async () => {
    answers = [new ApiError('busy', { code: 503, status: 503 })];
    sync.track(1, 5);
    await done();
    expect(asked).toHaveLength(1);
    laters.shift()?.();
    await done();
    expect(asked).toHaveLength(2);
  });
});
