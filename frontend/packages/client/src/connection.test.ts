import { beforeEach, describe, expect, it } from 'vitest';

import { Connection } from './connection.js';
import { ApiError, NetworkError } from './errors.js';
import { FakeClock, settle } from './testing/clock.js';
import { fromHex } from './testing/hex.js';
import { DICTIONARY, FakeServer, packet, Refusal, SILENCE, TransportRefusal } from './testing/server.js';

let server: FakeServer;
let clock: FakeClock;
let pushes: [string, unknown][];
let endings: (string | undefined)[];

beforeEach(() => {
  server = new FakeServer();
  clock = new FakeClock();
  pushes = [];
  endings = [];
});

function connect(): Connection {
  return new Connection({
    url: 'ws://chat.test/ws',
    token: 'secret',
    WebSocket: server.WebSocket,
    clock,
    opened: () => {},
    pushed: (route, body) => pushes.push([route, body]),
    closed: (reason) => endings.push(reason),
  });
}

async function connected(): Promise<Connection> {
  const connection = connect();
  await settle();
  expect(server.last.isReady).toBe(true);
  return connection;
}

describe('the handshake', () => {
  it('asks for batches and compact messages, and brings the token', async () => {
    await connected();
    expect(server.last.handshake).toMatchObject({
      sys: { batch: true, compact: true },
      user: { token: 'secret' },
    });
  });

  it('is waited for ten seconds', async () => {
    server.isMute = true;
    const connection = connect();
    await clock.pass(9_999);
    expect(endings).toEqual([]);
    await clock.pass(1);
    expect(endings).toEqual([undefined]);
    await expect(connection.request('a.b', {})).rejects.toThrow(NetworkError);
  });

  it('that is refused ends the connection', async () => {
    server.isMute = true;
    connect();
    await settle();
    server.last.deliver(packet(1, new TextEncoder().encode('{"code":400,"sys":{"heartbeat":15}}')));
    await settle();
    expect(endings).toEqual([undefined]);
  });
});

describe('requests', () => {
  it('are answered by their id, whatever the order', async () => {
    let answerFirst: (value: unknown) => void = () => {};
    server.handlers['room.get'] = ({ id }: { id: number }) =>
      id === 1 ? new Promise((resolve) => (answerFirst = resolve)) : { id };
    const connection = await connected();
    const first = connection.request('room.get', { id: 1 });
    const second = connection.request('room.get', { id: 2 });
    await expect(second).resolves.toEqual({ id: 2 });
    answerFirst({ id: 1 });
    await expect(first).resolves.toEqual({ id: 1 });
  });

  it('go by code where the dictionary has one', async () => {
    server.handlers['session.auth'] = () => ({});
    server.handlers['room.get'] = () => ({});
    const connection = await connected();
    await connection.request('session.auth', {});
    await connection.request('room.get', {});
    expect(server.calls.map(({ route, isCompressed }) => [route, isCompressed])).toEqual([
      ['session.auth', true],
      ['room.get', false],
    ]);
    expect(DICTIONARY['session.auth']).toBe(1);
  });

  it('fail with the code of the envelope', async () => {
    server.handlers['room.get'] = () => new Refusal(404, 'no such room');
    const connection = await connected();
    const failure = await connection.request('room.get', {}).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({ code: 404, status: 404, message: 'no such room' });
  });

  it.each([
    [1001, 409],
    [1002, 401],
    [1004, 400],
    [1005, 409],
    [503, 503],
  ])('that fail with code %d have status %d', async (code, status) => {
    server.handlers['room.get'] = () => new Refusal(code);
    const connection = await connected();
    await expect(connection.request('room.get', {})).rejects.toMatchObject({ code, status });
  });

  it('that come too fast say how long to wait', async () => {
    server.handlers['room.sendMessage'] = () => new Refusal(429, 'slowly', { retryAfter: 7 });
    const connection = await connected();
    const refused = { status: 429, retryAfter: 7 };
    await expect(connection.request('room.sendMessage', {})).rejects.toMatchObject(refused);
  });

  it('fail with the code of the transport', async () => {
    server.handlers['room.get'] = () => new TransportRefusal('PIT-401', 'unauthorized');
    const connection = await connected();
    await expect(connection.request('room.get', {})).rejects.toMatchObject({
      code: 401,
      status: 401,
      message: 'unauthorized',
    });
  });

  it('fail when their answer has the error flag, whatever it says', async () => {
    server.handlers['room.get'] = () => SILENCE;
    const connection = await connected();
    const asked = connection.request('room.get', {});
    await settle();
    server.last.deliver(packet(4, new Uint8Array([0x24, 1, ...new TextEncoder().encode('{"code":0}')])));
    await expect(asked).rejects.toMatchObject({ code: 500 });
  });

  it('that nobody answers end the connection after 15 s, and all others with it', async () => {
    server.handlers['room.get'] = () => SILENCE;
    const connection = await connected();
    const failures: unknown[] = [];
    for (const id of [1, 2])
      connection.request('room.get', { id }).catch((error: unknown) => failures.push(error));
    await clock.pass(14_999);
    expect(failures).toEqual([]);
    await clock.pass(1);
    expect(failures).toEqual([expect.any(NetworkError), expect.any(NetworkError)]);
    expect(endings).toEqual([undefined]);
  });

  it('may be many', async () => {
    server.handlers['room.get'] = ({ id }: { id: number }) => id;
    const connection = await connected();
    const ids = Array.from({ length: 300 }, (_, id) => id);
    await expect(Promise.all(ids.map((id) => connection.request('room.get', { id })))).resolves.toEqual(ids);
  });
});

describe('frames', () => {
  it('may hold several packets', async () => {
    await connected();
    const push = (text: string) => packet(4, new TextEncoder().encode(`\u0006\u0001${text}`));
    server.last.deliver(new Uint8Array([...push('a1'), ...packet(3), ...push('b2')]));
    await settle();
    expect(pushes).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  it.each([
    ['broken packets', fromHex('04ffffff')],
    ['broken messages', packet(4, fromHex('07ffff7b7d'))],
    ['broken JSON', packet(4, fromHex('06016f7b'))],
    ['text', 'hello'],
  ])('with %s end the connection', async (_what, frame) => {
    await connected();
    server.last.deliver(frame);
    await settle();
    expect(endings).toEqual([undefined]);
    expect(server.open).toEqual([]);
  });

  it('are read up to a kick', async () => {
    await connected();
    const push = (text: string) => packet(4, new TextEncoder().encode(`\u0006\u0001${text}`));
    const kick = packet(5, new TextEncoder().encode('{"reason":"slow"}'));
    server.last.deliver(new Uint8Array([...push('a1'), ...kick, ...push('b2')]));
    await settle();
    expect(pushes).toEqual([['a', 1]]);
    expect(endings).toEqual(['slow']);
  });

  it('that come after the end are not looked at', async () => {
    const connection = await connected();
    connection.close();
    server.last.push('onRoom', {});
    await settle();
    expect(pushes).toEqual([]);
  });
});

describe('the heart', () => {
  it('beats with that of the server', async () => {
    await connected();
    for (let beat = 1; beat <= 4; beat++) {
      await clock.pass(15_000);
      expect(server.last.heartbeats).toBe(beat - 1);
      server.last.heartbeat();
      await settle();
      expect(server.last.heartbeats).toBe(beat);
    }
    expect(endings).toEqual([]);
  });

  it('gives a server up that is silent for two intervals', async () => {
    const connection = await connected();
    await clock.pass(29_999);
    expect(endings).toEqual([]);
    expect(connection.isStale).toBe(false);
    await clock.pass(1);
    expect(endings).toEqual([undefined]);
  });

  it('shows what a sleep has made of the connection', async () => {
    const connection = await connected();
    clock.sleep(31_000);
    expect(connection.isStale).toBe(true);
  });
});

describe('the end', () => {
  it('tells the reason of a kick, once', async () => {
    const connection = await connected();
    server.last.kick('shutdown');
    await settle();
    connection.close();
    expect(endings).toEqual(['shutdown']);
  });

  it('may come with a kick that says nothing', async () => {
    await connected();
    server.last.kick();
    await settle();
    expect(endings).toEqual([undefined]);
  });

  it('lets requests fail', async () => {
    server.handlers['room.get'] = () => SILENCE;
    const connection = await connected();
    const asked = connection.request('room.get', {});
    server.crash();
    await expect(asked).rejects.toThrow(NetworkError);
  });
});
