// Characters above U+FFFF. The browser client writes them as two encoded surrogates and cannot read them as
// UTF-8, the pinus client and HTTP speak UTF-8; the server has to stand between them.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { textOf } from '../lib/person.mjs';
import { Robot } from '../lib/robot.mjs';
import { PACKET, packets } from '../lib/socket.mjs';
import { given, useWorld } from '../lib/world.mjs';

const TEXTS = {
  'a grin (U+1F601)': '😁',
  'a smile whose bytes are misread most quietly (U+1F600)': '😀',
  'a family, joined by U+200D': '👨‍👩‍👧',
  Chinese: '你好，世界',
  'Chinese above U+FFFF': '𠮷野家',
  'a flag and a skin tone': '🇨🇭👍🏽',
  'all of it in one line, with markup': '<b>你好</b> & "😁😀" 👨‍👩‍👧 \\ / \u2028 é \n end',
};

const world = useWorld();
let ann, bob, browser, robot, room;

beforeEach(async () => {
  [ann, bob] = [await world.person('Ann'), await world.person('Bob')];
  room = await ann.post('/room', { name: 'Emoji', memberIds: [bob.id] });
  browser = await world.signIn(Browser, ann);
  robot = await world.signIn(Robot, bob);
});

const isAbove = (text) => [...text].some((character) => character.codePointAt(0) > 0xffff);

for (const [name, text] of Object.entries(TEXTS)) {
  test(`${name}: from the browser to HTTP, to pinus, and back to the browser`, async () => {
    const sent = given(await browser.request('room.sendMessage', { channelId: room.id, ...textOf(text) }));
    if (isAbove(text)) {
      const { bytes } = packets(browser.frames, 'out', PACKET.data).at(-1);
      assert.ok(bytes.includes(Buffer.from([0xed])), 'the client has sent surrogates of three bytes each');
    }
    assert.equal(sent.textMessage.text, text, 'in the answer to the browser');
    assert.equal((await robot.next('onMessage')).textMessage.text, text, 'in the push to pinus');
    assert.equal((await browser.next('onMessage')).content, text, 'in the push to the browser');
    const stored = (await bob.history(room, `aroundSeq=${sent.seq}`)).find(({ id }) => id === sent.id);
    assert.deepEqual(Buffer.from(stored.textMessage.text), Buffer.from(text), 'by HTTP');
  });

  test(`${name}: from HTTP and from pinus to the browser`, async () => {
    await bob.say(room, text);
    assert.equal((await browser.next('onMessage')).textMessage.text, text, 'from HTTP');
    given(await robot.request('room.sendMessage', { channelId: room.id, ...textOf(text) }));
    assert.equal((await browser.next('onMessage')).textMessage.text, text, 'from pinus');
    const history = given(await browser.request('room.history', { id: room.id, limit: 2 }));
    assert.deepEqual(
      history.map((message) => message.textMessage.text),
      [text, text],
    );
  });
}

test('emoji in names of rooms and people survive, too', async () => {
  const cat = await world.person('Cat🐈');
  const made = given(await browser.request('room.create', { name: '🏠 家', memberIds: [cat.id] }));
  assert.equal(made.name, '🏠 家');
  assert.equal((await cat.get(`/room?id=${made.id}`)).name, '🏠 家');
  await cat.say(made, 'miaow');
  const push = await browser.next('onMessage', ({ content }) => content === 'miaow');
  assert.equal(push.user.userName, cat.name);
});

test('no frame to any socket holds a character above U+FFFF as raw UTF-8', async () => {
  await bob.say(room, Object.values(TEXTS).join(' '));
  await browser.next('onMessage');
  await robot.next('onMessage');
  given(await browser.request('room.history', { id: room.id }));
  for (const { bytes } of [...browser.frames, ...robot.frames].filter(
    ({ direction }) => direction === 'in',
  )) {
    const index = bytes.subarray(5).findIndex((byte) => byte >= 0xf0);
    assert.equal(index, -1, bytes.toString());
  }
});
