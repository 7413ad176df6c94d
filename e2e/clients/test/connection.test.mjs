// Connecting: handshake, listeners and paths, signing in, and what an unknown or anonymous caller is told.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PACKET, packets } from '../lib/socket.mjs';
import { CLIENTS, given, useWorld } from '../lib/world.mjs';
import { Browser } from '../lib/browser.mjs';
import { Robot } from '../lib/robot.mjs';

const world = useWorld();

for (const Client of CLIENTS) {
  const who = Client.name;

  test(`${who}: the handshake announces heartbeat, serializer and the routes' codes`, async () => {
    const client = await world.connect(Client);
    const [{ body, isBinary }] = packets(client.frames, 'in', PACKET.handshake);
    const { code, sys } = JSON.parse(body.toString());
    assert.ok(isBinary, 'frames are binary');
    assert.equal(code, 200);
    assert.equal(sys.heartbeat, 15);
    assert.equal(sys.serializer, 'json');
    const codes = ['session.auth', 'room.join', 'room.sendMessage', 'room.sync'].map(
      (route) => sys.dict[route],
    );
    assert.ok(
      codes.every((one) => Number.isInteger(one) && one >= 1),
      `codes from 1: ${codes}`,
    );
    assert.equal(new Set(Object.values(sys.dict)).size, Object.keys(sys.dict).length, 'codes are unique');
  });

  test(`${who}: a token in the handshake signs in`, async () => {
    const ann = await world.person('Ann');
    const client = await world.connect(Client, ann.token);
    const rooms = given(await client.request('room.list', {}));
    assert.deepEqual(
      rooms.map((room) => room.name),
      ['General'],
    );
  });

  test(`${who}: session.auth signs in and says where one stands in each room`, async () => {
    const ann = await world.person('Ann');
    const client = await world.connect(Client);
    const bound = given(await client.request('session.auth', { token: ann.token }));
    assert.equal(bound.userId, ann.id);
    assert.ok(Number.isInteger(bound.sessionId));
    assert.match(bound.expiresAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.deepEqual(Object.keys(bound.rooms[0]).sort(), [
      'id',
      'lastRev',
      'lastSeq',
      'readSeq',
      'unreadCount',
    ]);
  });

  test(`${who}: a wrong token is answered and leaves the connection anonymous and open`, async () => {
    const ann = await world.person('Ann');
    const client = await world.connect(Client);
    const refused = await client.request('session.auth', { token: `${ann.token}x` });
    assert.ok([401, 'PIT-401'].includes(refused.code), JSON.stringify(refused));
    assert.equal((await client.request('room.list', {})).code, 'PIT-401');
    given(await client.request('session.auth', { token: ann.token }));
    given(await client.request('room.list', {}));
  });

  test(`${who}: an unknown route is PIT-404, signed in or not`, async () => {
    const client = await world.connect(Client);
    const unknown = await client.request('room.nope', {});
    assert.equal(unknown.code, 'PIT-404');
    assert.match(unknown.msg, /not found/);
    const ann = await world.person('Ann');
    given(await client.request('session.auth', { token: ann.token }));
    assert.equal((await client.request('chat.room.nope', {})).code, 'PIT-404');
  });

  test(`${who}: every known route is PIT-401 "unauthorized" until somebody has signed in`, async () => {
    const client = await world.connect(Client);
    for (const route of [
      'room.join',
      'room.list',
      'room.sendMessage',
      'room.sync',
      'friend.list',
      'user.get',
    ]) {
      const answer = await client.request(route, {});
      assert.equal(answer.code, 'PIT-401', route);
      assert.equal(answer.msg, 'unauthorized', route);
    }
  });

  test(`${who}: a route may be written with a server type in front`, async () => {
    const ann = await world.person('Ann');
    const client = await world.signIn(Client, ann);
    const rooms = given(await client.request('chat.room.list', {}));
    assert.equal(rooms.length, 1);
  });

  test(`${who}: more than 127 requests keep their ids apart`, async () => {
    const ann = await world.person('Ann');
    const client = await world.signIn(Client, ann);
    // The pinus client counts to 127 and begins anew, the browser client goes on to ids of two bytes.
    for (let count = 0; count < 140; count += 1) {
      const [presence] = given(await client.request('presence.get', { userIds: [ann.id] }));
      assert.equal(presence.userId, ann.id);
    }
  });
}

const places = {
  'the WebSocket listener at /': () => ({ host: '127.0.0.1', port: world.server.wsPort }),
  'the WebSocket listener at /ws': () => ({ host: `127.0.0.1:${world.server.wsPort}/ws` }),
  'the WebSocket listener at any path': () => ({ host: `127.0.0.1:${world.server.wsPort}/some/path?x=1` }),
  'the HTTP listener at /ws': () => ({ host: `127.0.0.1:${world.server.port}/ws` }),
};
for (const [name, address] of Object.entries(places)) {
  test(`${name} takes both clients`, async () => {
    const ann = await world.person('Ann');
    for (const Client of [Browser, Robot]) {
      const client = await world.connect(Client, ann.token, address());
      given(await client.request('room.list', {}));
    }
  });
}

test('several requests sent at once are answered one by one, each to its own callback', async () => {
  const ann = await world.person('Ann');
  const client = await world.signIn(Browser, ann);
  const ids = Array.from({ length: 20 }, (_, index) => index + 1);
  const answers = await Promise.all(
    ids.map((id) => client.request('presence.get', { userIds: [ann.id, 100000 + id] })),
  );
  for (const answer of answers) {
    assert.equal(given(answer)[0].userId, ann.id);
  }
});
