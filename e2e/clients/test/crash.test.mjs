// Acknowledged means durable: the server is killed while people talk.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { textOf } from '../lib/person.mjs';
import { Robot } from '../lib/robot.mjs';
import { until } from '../lib/wait.mjs';
import { useWorld } from '../lib/world.mjs';

const world = useWorld();

test('what was answered before a kill in the middle of a busy talk is there afterwards, under the same seq', async () => {
  const [ann, bob] = [await world.person('Ann'), await world.person('Bob')];
  const room = await ann.post('/room', { name: 'Busy', memberIds: [bob.id] });
  const [page, robot] = [await world.signIn(Browser, ann), await world.signIn(Robot, bob)];
  const acknowledged = [];
  let isTalking = true;
  const talk = async (say) => {
    for (let count = 0; isTalking; count += 1) {
      const message = await say(count).catch(() => null);
      // No answer: the server was gone before it could promise anything.
      if (!message) return;
      acknowledged.push(message);
    }
  };
  const bySocket = (client) => async (count) =>
    (await Promise.race([client.request('room.sendMessage', wordsOf(room, count)), client.closed()])).data;
  const talks = [
    talk(bySocket(page)),
    talk(bySocket(robot)),
    talk((count) => bob.say(room, `fetch ${count}`)),
  ];
  await until(() => acknowledged.length >= 60, 'sixty messages are acknowledged', 20_000);
  await world.server.crashAndRestart();
  isTalking = false;
  await Promise.all(talks);

  const stored = new Map();
  for (let seq = 0; ;) {
    const messages = await bob.history(room, `afterSeq=${seq}`, 100);
    if (messages.length === 0) break;
    for (const message of messages) stored.set(message.seq, message);
    seq = messages.at(-1).seq;
  }
  for (const { seq, id, textMessage } of acknowledged) {
    assert.equal(stored.get(seq)?.id, id, `message ${id} at ${seq}`);
    assert.equal(stored.get(seq).textMessage.text, textMessage.text);
  }
  assert.deepEqual(
    [...stored.keys()],
    Array.from({ length: stored.size }, (_, index) => index + 1),
  );
});

function wordsOf(room, count) {
  return { channelId: room.id, ...textOf(`words ${count}`) };
}
