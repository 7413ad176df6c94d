import { beforeEach, describe, expect, it } from 'vitest';

import { ApiError, NetworkError } from './errors.js';
import type { Status } from './events.js';
import { Link, type Bound } from './link.js';
import { FakeClock, settle } from './testing/clock.js';
import { FakeNetwork } from './testing/network.js';
import { FakeServer, Refusal, SILENCE, TransportRefusal } from './testing/server.js';
import { FakeTokens, signedOut } from './testing/tokens.js';

const MINUTE = 60_000;

let server: FakeServer;
let clock: FakeClock;
let tokens: FakeTokens;
let network: FakeNetwork;
let statuses: Status[];
let signIns: Bound[];
let endings: string[];
let link: Link;
let chance: number;

beforeEach(() => {
  server = new FakeServer();
  server.handlers['session.auth'] = ({ token }: { token: string }) => ({
    userId: Number(token.split('-')[1]),
    sessionId: 1,
    rooms: [],
  });
  clock = new FakeClock();
  tokens = new FakeTokens(1);
  network = new FakeNetwork();
  [statuses, signIns, endings] = [[], [], []];
  chance = 0;
  link = new Link({
    tokens,
    url: 'ws://chat.test/ws',
    WebSocket: server.WebSocket,
    clock,
    random: () => chance,
    online: network,
    statusChanged: (status) => statuses.push(status),
    ready: (bound) => signIns.push(bound),
    pushed: () => {},
    ended: (reason) => endings.push(reason),
  });
});

const states = () => statuses.map(({ state }) => state);

async function online() {
  link.start(1);
  await settle();
  expect(link.isOnline).toBe(true);
}

/** Milliseconds until the next try. */
const wait = () => (link.status.retryAt ?? NaN) - clock.now();

describe('connecting', () => {
  it('brings the token twice: in the handshake, and to learn where one stands', async () => {
    await online();
    expect(server.last.handshake?.user.token).toBe('token-1-1');
    expect(server.callsOf('session.auth')).toEqual([{ token: 'token-1-1' }]);
    expect(signIns).toEqual([{ userId: 1, sessionId: 1, rooms: [] }]);
    expect(states()).toEqual(['connecting', 'online']);
  });

  it('tells since when', async () => {
    await clock.pass(1_000);
    const now = clock.now();
    await online();
    expect(link.status).toEqual({ state: 'online', since: now });
  });

  it('waits longer each time, up to half a minute', async () => {
    server.isUp = false;
    link.start(1);
    await settle();
    const waits = [];
    for (let tries = 0; tries < 8; tries++) {
      expect(link.status.state).toBe('waiting');
      waits.push(wait());
      await clock.pass(wait());
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000]);
  });

  it('waits briefly again after a connection that lasted', async () => {
    server.isUp = false;
    link.start(1);
    await clock.pass(10_000);
    server.isUp = true;
    await clock.pass(wait());
    expect(link.isOnline).toBe(true);
    await clock.pass(5_000);
    server.last.end();
    await settle();
    expect(wait()).toBe(500);
  });

  it('goes on waiting longer when each connection is cut at once', async () => {
    await online();
    const waits = [];
    for (let tries = 0; tries < 3; tries++) {
      server.last.end();
      await settle();
      waits.push(wait());
      await clock.pass(wait());
    }
    expect(waits).toEqual([500, 1_000, 2_000]);
  });

  it('goes on when no token can be had for want of a network', async () => {
    tokens.failure = new NetworkError('offline');
    link.start(1);
    await settle();
    expect(wait()).toBe(500);
    tokens.failure = null;
    await clock.pass(500);
    expect(link.isOnline).toBe(true);
  });

  it('waits as long as the server asks', async () => {
    tokens.failure = new ApiError('slowly', { code: 429, status: 429, retryAfter: 7 });
    link.start(1);
    await settle();
    expect(wait()).toBe(7_000);
  });

  it('tries again when signing in does not work', async () => {
    server.handlers['session.auth'] = () => new Refusal(503);
    link.start(1);
    await settle();
    expect(link.status.state).toBe('waiting');
    expect(tokens.refreshes).toBe(0);
  });

  it('gets another token when this one is refused', async () => {
    const accept = server.handlers['session.auth'];
    server.handlers['session.auth'] = () => new TransportRefusal('PIT-401');
    link.start(1);
    await settle();
    if (accept) server.handlers['session.auth'] = accept;
    await clock.pass(500);
    expect(server.last.handshake?.user.token).toBe('token-1-2');
    expect(link.isOnline).toBe(true);
  });

  it('ends when nobody is signed in any more', async () => {
    tokens.failure = signedOut();
    link.start(1);
    await settle();
    expect(endings).toEqual(['expired']);
    expect(states()).toEqual(['connecting', 'stopped']);
    await clock.pass(10 * MINUTE);
    expect(server.connections).toEqual([]);
  });

  it('ends when another tab has signed in as somebody else', async () => {
    link.start(2);
    await settle();
    expect(endings).toEqual(['another_user']);
    expect(signIns).toEqual([]);
    expect(server.open).toEqual([]);
  });
});

describe('a kick', () => {
  it.each(['logout', 'session_revoked'])('with %s is the end', async (reason) => {
    await online();
    server.last.kick(reason);
    await clock.pass(MINUTE);
    expect(endings).toEqual([reason]);
    expect(server.connections).toHaveLength(1);
  });

  it.each(['token_expired', 'auth_timeout'])('with %s asks for a new token', async (reason) => {
    await online();
    server.last.kick(reason);
    await clock.pass(500);
    expect(tokens.refreshes).toBe(1);
    expect(server.last.handshake?.user.token).toBe('token-1-2');
    expect(link.isOnline).toBe(true);
  });

  it('with token_expired is the end where there is no new one', async () => {
    await online();
    tokens.failure = signedOut();
    server.last.kick('token_expired');
    await clock.pass(500);
    expect(endings).toEqual(['expired']);
  });

  it('with slow only asks to come back', async () => {
    await online();
    server.last.kick('slow');
    await clock.pass(500);
    expect(link.isOnline).toBe(true);
    expect(tokens.refreshes).toBe(0);
  });

  it('with too_many_connections waits as long as possible', async () => {
    await online();
    server.last.kick('too_many_connections');
    await settle();
    expect(wait()).toBe(30_000);
  });

  it.each([
    [0, 500],
    [1, 3_000],
  ])('with shutdown waits by chance, so that not all come at once (%d)', async (value, expected) => {
    await online();
    chance = value;
    server.last.kick('shutdown');
    await settle();
    expect(wait()).toBe(expected);
  });
});

describe('the token', () => {
  it('is renewed on the connection before it ends', async () => {
    tokens.renewIn = 14 * MINUTE;
    server.heartbeat = 100_000;
    await online();
    tokens.renewIn = 0;
    await clock.pass(14 * MINUTE);
    expect(server.callsOf('session.auth')).toEqual([{ token: 'token-1-1' }, { token: 'token-1-2' }]);
    tokens.renewIn = 0;
    await clock.pass(15 * MINUTE);
    expect(server.callsOf('session.auth')).toHaveLength(3);
    expect(server.connections).toHaveLength(1);
    expect(signIns).toHaveLength(1);
  });

  it('is renewed a little later when the network is away', async () => {
    server.heartbeat = 100_000;
    await online();
    tokens.renewIn = 0;
    tokens.failure = new NetworkError('offline');
    await clock.pass(15 * MINUTE);
    tokens.failure = null;
    await clock.pass(5_000);
    expect(server.callsOf('session.auth')).toHaveLength(2);
  });

  it('that cannot be renewed ends the session', async () => {
    server.heartbeat = 100_000;
    await online();
    tokens.renewIn = 0;
    tokens.failure = signedOut();
    await clock.pass(15 * MINUTE);
    expect(endings).toEqual(['expired']);
    expect(server.open).toEqual([]);
  });

  it('that is refused on renewal is replaced', async () => {
    server.heartbeat = 100_000;
    await online();
    const accept = server.handlers['session.auth'];
    server.handlers['session.auth'] = () => new TransportRefusal('PIT-401');
    await clock.pass(15 * MINUTE);
    if (accept) server.handlers['session.auth'] = accept;
    await clock.pass(500);
    expect(tokens.refreshes).toBe(1);
    expect(link.isOnline).toBe(true);
  });

  it('of somebody else is the end', async () => {
    server.heartbeat = 100_000;
    await online();
    server.handlers['session.auth'] = () => new Refusal(403);
    await clock.pass(15 * MINUTE);
    expect(endings).toEqual(['another_user']);
  });
});

describe('the hint of the system', () => {
  it('that there is no network stops all tries', async () => {
    network.set(false);
    link.start(1);
    await clock.pass(10 * MINUTE);
    expect(states()).toEqual(['offline']);
    expect(server.connections).toEqual([]);
    network.set(true);
    await settle();
    expect(link.isOnline).toBe(true);
  });

  it('lets go of a connection', async () => {
    await online();
    network.set(false);
    await settle();
    expect(link.status.state).toBe('offline');
    expect(server.open).toEqual([]);
  });

  it('brings the connection back at once', async () => {
    await online();
    network.set(false);
    network.set(true);
    await settle();
    expect(states()).toEqual(['connecting', 'online', 'offline', 'connecting', 'online']);
  });

  it('counts again after a try that was made all the same', async () => {
    server.isUp = false;
    network.set(false);
    link.start(1);
    link.tryNow();
    await settle();
    expect(states()).toEqual(['offline', 'connecting', 'offline']);
  });

  it('is not listened to after the end', async () => {
    await online();
    link.stop();
    network.set(false);
    network.set(true);
    await settle();
    expect(link.status.state).toBe('stopped');
  });

  it('makes the next wait short', async () => {
    server.isUp = false;
    link.start(1);
    await clock.pass(30_000);
    network.set(false);
    network.set(true);
    await settle();
    expect(wait()).toBe(500);
  });
});

describe('trying now', () => {
  it('ends a wait', async () => {
    server.isUp = false;
    link.start(1);
    await clock.pass(30_000);
    server.isUp = true;
    link.tryNow();
    await settle();
    expect(link.isOnline).toBe(true);
    await clock.pass(20_000);
    expect(server.connections).toHaveLength(1);
  });

  it('overrules the hint of the system', async () => {
    network.set(false);
    link.start(1);
    link.tryNow();
    await settle();
    expect(link.isOnline).toBe(true);
  });

  it('replaces a connection that died while the computer slept', async () => {
    await online();
    server.last.isDeaf = true;
    clock.sleep(MINUTE);
    link.tryNow();
    await settle();
    expect(server.connections).toHaveLength(2);
    expect(link.isOnline).toBe(true);
  });

  it('leaves a good connection alone', async () => {
    await online();
    link.tryNow();
    await settle();
    expect(server.connections).toHaveLength(1);
  });

  it('does not start what was stopped', async () => {
    link.tryNow();
    await online();
    link.stop();
    link.tryNow();
    await settle();
    expect(link.status.state).toBe('stopped');
    expect(server.open).toEqual([]);
  });
});

describe('stopping', () => {
  it('also ends what is under way', async () => {
    server.handlers['session.auth'] = () => SILENCE;
    link.start(1);
    await settle();
    link.stop();
    await clock.pass(10 * MINUTE);
    expect(states()).toEqual(['connecting', 'stopped']);
    expect(server.connections).toHaveLength(1);
  });

  it('is obeyed while a token is fetched', async () => {
    link.start(1);
    link.stop();
    await settle();
    expect(server.connections).toEqual([]);
  });
});

describe('requests', () => {
  it('fail without a connection', async () => {
    await expect(link.request('room.get', {})).rejects.toThrow(NetworkError);
  });

  it('fail when the connection is lost before the answer', async () => {
    server.handlers['room.get'] = () => SILENCE;
    await online();
    const asked = link.request('room.get', {});
    server.crash();
    await expect(asked).rejects.toThrow(NetworkError);
  });
});
