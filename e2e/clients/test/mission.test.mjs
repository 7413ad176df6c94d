// The whole story, from the first account to the morning after the power cut.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { Person, textOf } from '../lib/person.mjs';
import { given, useWorld } from '../lib/world.mjs';

const world = useWorld();

test('one with a pomelo page and one with plain HTTP register, become friends, meet and talk; all is kept', async () => {
  // Both register. The first account of an empty server is its admin.
  const ann = await Person.register(world.api, 'Ann');
  const bob = await Person.register(world.api, 'Bob');
  assert.equal(ann.profile.permission, 'admin');
  assert.equal(bob.profile.permission, 'user');
  const page = await world.connect(Browser, ann.token);

  // Bob looks Ann up and befriends her; her page is told.
  const [found] = await bob.get(`/user?userName=${ann.name.slice(0, 2).toLowerCase()}`);
  assert.equal(found.id, ann.id);
  const dm = await bob.post('/friend', { id: ann.id });
  assert.equal((await page.next('onFriend')).id, bob.id);

  // They meet in a room that Ann makes on her page.
  const room = given(await page.request('room.create', { roomName: 'Harbour ⚓' }));
  const joined = await bob.post('/joinRoom', { id: room.id });
  assert.equal(joined.memberCount, 2);
  await page.next('onNewUser', ({ user }) => user.id === bob.id);

  // They talk, in both directions, in words and pictures, and correct themselves.
  const say = async (where, text, more) =>
    given(await page.request('room.sendMessage', { channelId: where.id, ...textOf(text), ...more }));
  const hello = await say(room, 'hello 😁', { clientMsgId: 'page-1' });
  const reply = await bob.say(room, '你好 👨‍👩‍👧', { replyId: hello.id });
  assert.equal((await page.next('onMessage', ({ id }) => id === reply.id)).reply.id, hello.id);
  const slip = await bob.say(room, 'hapy');
  const edited = await bob.patch('/room/message', { id: slip.id, textMessage: { text: 'happy' } });
  const blunder = await say(room, 'my password is hunter2');
  given(await page.request('room.recall', { messageId: blunder.id }));
  const reacted = await bob.post('/room/reaction', { id: hello.id, emoji: '❤️' });
  given(await page.request('room.read', { id: room.id, seq: blunder.seq }));
  const quiet = await say(dm, 'between us');
  await page.next('onMessageUpdated', ({ reactions }) => reactions.length === 1);

  // A picture, too.
  const form = new FormData();
  form.set('scene', 'message');
  form.set('file', new Blob([PIXEL], { type: 'image/png' }), 'sunset.png');
  const { url, name } = await bob.upload(form);
  const mediaMessage = { url, name, text: 'look' };
  const picture = await bob.post('/room/message', {
    channelId: room.id,
    contentType: 'MEDIA_MESSAGE',
    mediaMessage,
  });
  assert.equal((await page.next('onMessage', ({ id }) => id === picture.id)).mediaMessage.kind, 'image');

  // The power goes. Nobody said goodbye.
  const before = { room: await bob.history(room, 'afterSeq=0'), dm: await bob.history(dm, 'afterSeq=0') };
  await world.server.crashAndRestart();
  await page.closed();

  // Everything that was acknowledged is still there, for the same tokens and for new ones.
  const again = await bob.again();
  const history = await again.history(room, 'afterSeq=0');
  assert.deepEqual(history.map(timeless), before.room.map(timeless));
  assert.deepEqual((await bob.history(dm, 'afterSeq=0')).map(timeless), before.dm.map(timeless));
  const byId = new Map(history.map((message) => [message.id, message]));
  assert.equal(byId.get(hello.id).textMessage.text, 'hello 😁');
  assert.equal(byId.get(hello.id).reactions[0].count, reacted.reactions[0].count);
  assert.equal(byId.get(reply.id).textMessage.text, '你好 👨‍👩‍👧');
  assert.equal(byId.get(reply.id).replyId, hello.id);
  assert.equal(byId.get(edited.id).textMessage.text, 'happy');
  assert.equal(byId.get(blunder.id).isRecalled, true);
  assert.equal(byId.get(picture.id).mediaMessage.url, url);
  assert.deepEqual(
    history.map(({ seq }) => seq),
    history.map((_, index) => index + 1),
    'seq has no gaps',
  );
  assert.deepEqual(
    (await again.get('/friend')).map(({ id }) => id),
    [ann.id],
  );
  const image = await fetch(new URL(url, world.server.url), {
    headers: { authorization: `Bearer ${again.token}` },
  });
  assert.equal(image.status, 200);

  // And Ann's page comes back where it was: what it had sent without an answer is not sent twice.
  const later = await world.connect(Browser, ann.token);
  const state = given(await later.request('room.get', { id: room.id }));
  assert.equal(state.readSeq[ann.id], blunder.seq);
  const twice = { channelId: room.id, ...textOf('hello 😁'), clientMsgId: 'page-1' };
  assert.equal(given(await later.request('room.sendMessage', twice)).id, hello.id);
  const [last] = given(await later.request('room.history', { id: dm.id, limit: 1 }));
  assert.equal(last.id, quiet.id);
  const next = await again.say(room, 'still here');
  assert.equal((await later.next('onMessage', ({ id }) => id === next.id)).seq, history.length + 1);
});

/** A message without what depends on who is connected just now. */
function timeless(message) {
  const { user, reply, ...rest } = message;
  return { ...rest, userName: user?.userName, reply: reply && timeless(reply) };
}

/** A PNG of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
