// Heartbeats: the browser family leaves gaps of two intervals, and must not be taken for dead.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PACKET, packets } from '../lib/socket.mjs';
import { until } from '../lib/wait.mjs';
import { CLIENTS, given, useWorld } from '../lib/world.mjs';

const world = useWorld({ BANTER_WS__HEARTBEAT: '1s' });

for (const Client of CLIENTS) {
  test(`${Client.name}: lives through more than five heartbeats that it answers late`, async () => {
    const ann = await world.person('Ann');
    const client = await world.signIn(Client, ann);
    assert.equal(
      JSON.parse(packets(client.frames, 'in', PACKET.handshake)[0].body.toString()).sys.heartbeat,
      1,
    );
    const heard = () => packets(client.frames, 'in', PACKET.heartbeat).length;
    await until(() => heard() > 5, 'more than five heartbeats have come', 12_000);
    assert.ok(packets(client.frames, 'out', PACKET.heartbeat).length >= 2, 'the client has sent some, too');
    assert.ok(packets(client.frames, 'in', PACKET.heartbeat).every(({ body }) => body.length === 0));
    assert.deepEqual(client.inbox.of('disconnect'), []);
    given(await client.request('room.list', {}));
  });
}
