// Friends and rooms: made by one client, seen by the others.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { Robot } from '../lib/robot.mjs';
import { CLIENTS, given, useWorld } from '../lib/world.mjs';

const world = useWorld();

for (const Client of CLIENTS) {
  const who = Client.name;

  test(`${who}: a friendship made by HTTP shows on both sockets, and its room is the same for both`, async () => {
    const [ann, bob] = [await world.person('Ann'), await world.person('Bob')];
    const [hers, his] = [await world.signIn(Client, ann), await world.signIn(Client, bob)];
    const room = await ann.post('/friend', { id: bob.id });
    assert.equal((await hers.next('onFriend')).id, bob.id);
    assert.equal((await his.next('onFriend')).id, ann.id);
    assert.equal(room.channelType, 'PRIVATE');
    assert.equal(room.name, bob.name);
    const seen = given(await his.request('room.get', { id: room.id }));
    assert.equal(seen.name, ann.name, 'a private room bears the name of the other');
    assert.equal(given(await his.request('friend.add', { id: ann.id })).id, room.id);
    assert.deepEqual(
      (await bob.get('/friend')).map(({ id }) => id),
      [ann.id],
    );
  });

  test(`${who}: a friendship that ends is gone on both sides, and its room is read-only`, async () => {
    const [ann, bob] = [await world.person('Ann'), await world.person('Bob')];
    const his = await world.signIn(Client, bob);
    const room = given(await his.request('friend.add', { id: ann.id }));
    await ann.say(room, 'before');
    await ann.delete('/friend', { id: bob.id });
    assert.equal((await his.next('onFriendRemoved')).id, ann.id);
    assert.deepEqual(given(await his.request('friend.list', {})), []);
    const refused = await his.request('room.sendMessage', {
      channelId: room.id,
      contentType: 'TEXT_MESSAGE',
      textMessage: { text: 'after' },
    });
    assert.equal(refused.code, 403, JSON.stringify(refused));
    const history = given(await his.request('room.history', { id: room.id }));
    assert.ok(
      history.some((message) => message.textMessage?.text === 'before'),
      'the history stays',
    );
  });

  test(`${who}: makes a room that somebody else joins and leaves`, async () => {
    const [ann, bob] = [await world.person('Ann'), await world.person('Bob')];
    const [hers, his] = [await world.signIn(Client, ann), await world.signIn(Client, bob)];
    const room = given(await hers.request('room.create', { roomName: 'Kitchen' }));
    assert.equal(room.name, 'Kitchen');
    assert.equal(room.creator.id, ann.id);
    const joined = given(await his.request('room.join', { id: room.id }));
    assert.equal(joined.memberCount, 2);
    const { members } = await his.next('onMembers', ({ roomId }) => roomId === room.id);
    assert.deepEqual(members.sort(), [ann.id, bob.id].map(String).sort());
    const news = await hers.next('onNewUser', ({ roomId }) => roomId === room.id);
    assert.equal(news.user.id, bob.id);
    assert.ok(news.content.includes(bob.name), news.content);
    given(await his.request('room.leave', { id: room.id }));
    assert.equal((await his.next('onRoomRemoved')).id, room.id);
    assert.deepEqual(
      (await hers.request('room.members', { id: room.id })).data.map(({ user }) => user.id),
      [ann.id],
    );
  });
}

test('a room that must not be joined looks like one that is not there', async () => {
  const [ann, bob] = [await world.person('Ann'), await world.person('Bob')];
  const his = await world.signIn(Browser, bob);
  const room = await ann.post('/room', { name: 'Board', joinPolicy: 'invite' });
  const hidden = await his.request('room.join', { id: room.id });
  const missing = await his.request('room.join', { id: 987654321 });
  assert.equal(hidden.code, 404, JSON.stringify(hidden));
  assert.deepEqual(hidden, missing);
});

test('a room that is renamed, and one that is deleted, tell their members', async () => {
  const [ann, bob] = [await world.person('Ann'), await world.person('Bob')];
  const his = await world.signIn(Robot, bob);
  const room = await ann.post('/room', { name: 'Attic', memberIds: [String(bob.id)] });
  assert.equal((await his.next('onRoom')).id, room.id, 'being added shows the room');
  await ann.patch('/room', { id: room.id, name: 'Cellar' });
  await his.next('onRoom', ({ id, name }) => id === room.id && name === 'Cellar');
  await ann.delete(`/room?id=${room.id}`);
  assert.deepEqual(await his.next('onRoomRemoved'), { id: room.id, reason: 'deleted' });
  assert.equal((await his.request('room.get', { id: room.id })).code, 404);
});

test('who was removed gets nothing from the next message on', async () => {
  const [ann, bob] = [await world.person('Ann'), await world.person('Bob')];
  const [hers, his] = [await world.signIn(Browser, ann), await world.signIn(Browser, bob)];
  const room = await ann.post('/room', { name: 'Den', memberIds: [bob.id] });
  await ann.say(room, 'one');
  await his.next('onMessage', ({ content }) => content === 'one');
  await ann.delete(`/room/member?id=${room.id}&userId=${bob.id}`);
  assert.deepEqual(await his.next('onRoomRemoved'), { id: room.id, reason: 'removed' });
  await ann.say(room, 'two');
  await hers.next('onMessage', ({ content }) => content === 'two');
  // What comes later over the same socket must come without it.
  const dm = await ann.post('/friend', { id: bob.id });
  await ann.say(dm, 'three');
  await his.next('onMessage', ({ content }) => content === 'three');
  assert.ok(!his.inbox.of('onMessage').some(({ content }) => content === 'two'));
});

test('the demo: join the lobby with {}, see who is there, talk by notify', async () => {
  const [ann, bob] = [await world.person('Ann'), await world.person('Bob')];
  const [hers, his] = [await world.signIn(Browser, ann), await world.signIn(Browser, bob)];
  const lobby = given(await hers.request('room.join', {}));
  const { members } = await hers.next('onMembers');
  assert.ok(members.includes(String(ann.id)), `${members}`);
  // Everyone who registers is in the lobby; who leaves and comes back is new to it.
  given(await his.request('room.leave', { id: lobby.id }));
  given(await his.request('room.join', {}));
  const news = await hers.next('onNewUser', ({ user }) => user.id === bob.id);
  assert.equal(typeof news.content, 'string');
  hers.notify('room.message', { name: ann.name, content: 'hello from the demo' });
  for (const page of [hers, his]) {
    const push = await page.next('onMessage', ({ content }) => content === 'hello from the demo');
    assert.equal(push.name, ann.name);
  }
  const [last] = (await bob.history(lobby, 'beforeSeq=1000000', 1)).slice(-1);
  assert.equal(last.textMessage.text, 'hello from the demo', 'what the demo says is stored, too');
});
