// Long histories and long messages: browsers cannot read more than 64 KiB at once.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { textOf } from '../lib/person.mjs';
import { Robot } from '../lib/robot.mjs';
import { given, useWorld } from '../lib/world.mjs';

const MESSAGES = 40;
const FRAME_MAX = 64 * 1024;

const world = useWorld();

/** Reads a whole room backwards, page by page, as a client that scrolls up. */
async function readAll(client, room) {
  let messages = [];
  for (let beforeSeq = 1_000_000; beforeSeq > 1; beforeSeq = messages[0].seq) {
    const page = given(await client.request('room.history', { id: room.id, beforeSeq, limit: 100 }));
    if (page.length === 0) break;
    messages = [...page, ...messages];
  }
  return messages;
}

function largestFrame(client) {
  return Math.max(
    ...client.frames.filter(({ direction }) => direction === 'in').map(({ bytes }) => bytes.length),
  );
}

for (const [name, letter] of Object.entries({ ASCII: 'x', Chinese: '语', emoji: '😁' })) {
  test(`a history of long messages in ${name} comes in pages below 64 KiB, without a gap`, async () => {
    const ann = await world.person('Ann');
    const room = await ann.post('/room', { name: 'Library' });
    for (let count = 0; count < MESSAGES; count += 1) {
      await ann.say(room, `${count} ${letter.repeat(3000)}`);
    }
    for (const Client of [Browser, Robot]) {
      const client = await world.signIn(Client, ann);
      const texts = (await readAll(client, room)).map((message) => message.textMessage?.text).filter(Boolean);
      assert.deepEqual(
        texts.map((text) => parseInt(text, 10)),
        Array.from({ length: MESSAGES }, (_, i) => i),
      );
      assert.ok(largestFrame(client) < FRAME_MAX, `the largest frame has ${largestFrame(client)} bytes`);
    }
  });
}

test('room.sync of a long absence comes in pieces below 64 KiB, until there is no more', async () => {
  const ann = await world.person('Ann');
  const room = await ann.post('/room', { name: 'Archive' });
  const sent = [];
  for (let count = 0; count < MESSAGES; count += 1)
    sent.push(await ann.say(room, `${count} ${'x'.repeat(3000)}`));
  const client = await world.signIn(Browser, ann);
  const found = [];
  let rev = 0;
  for (let more = true; more;) {
    const { rooms } = given(await client.request('room.sync', { rooms: [{ id: room.id, rev }] }));
    const mine = rooms.find(({ id }) => id === room.id);
    found.push(...mine.messages);
    rev = mine.messages.at(-1).rev;
    more = mine.more;
  }
  const ids = found.filter(({ contentType }) => contentType === 'TEXT_MESSAGE').map(({ id }) => id);
  assert.deepEqual(
    ids,
    sent.map(({ id }) => id),
  );
  assert.ok(largestFrame(client) < FRAME_MAX, `the largest frame has ${largestFrame(client)} bytes`);
});

test('the longest message that is allowed passes between both clients', async () => {
  const [ann, bob] = [await world.person('Ann'), await world.person('Bob')];
  const room = await ann.post('/room', { name: 'Long', memberIds: [bob.id] });
  const [browser, robot] = [await world.signIn(Browser, ann), await world.signIn(Robot, bob)];
  const text = '😁'.repeat(4000);
  const sent = given(await browser.request('room.sendMessage', { channelId: room.id, ...textOf(text) }));
  assert.equal((await robot.next('onMessage')).textMessage.text, text);
  // A reply brings the first message along, and still has to fit.
  given(await robot.request('room.sendMessage', { channelId: room.id, replyId: sent.id, ...textOf(text) }));
  await browser.next('onMessage', ({ replyId }) => replyId === sent.id);
  assert.ok(largestFrame(browser) < FRAME_MAX, `the largest frame has ${largestFrame(browser)} bytes`);
});
