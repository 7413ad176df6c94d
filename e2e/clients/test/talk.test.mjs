// Talking: what one client says, edits, recalls and reads, as the others see it.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { Browser } from '../lib/browser.mjs';
import { textOf } from '../lib/person.mjs';
import { Robot } from '../lib/robot.mjs';
import { given, useWorld } from '../lib/world.mjs';

const world = useWorld();
let ann, bob, browser, robot, room;

beforeEach(async () => {
  [ann, bob] = [await world.person('Ann'), await world.person('Bob')];
  room = await ann.post('/room', { name: 'Talk', memberIds: [bob.id] });
  browser = await world.signIn(Browser, ann);
  robot = await world.signIn(Robot, bob);
});

const send = async (client, text, more = {}) =>
  given(await client.request('room.sendMessage', { channelId: room.id, ...textOf(text), ...more }));
const withText = (text) => (message) => message.textMessage?.text === text;

test('both clients see each message of the other, and their own, with the same seq', async () => {
  const first = await send(browser, 'hello, robot');
  const second = await send(robot, 'hello, browser');
  assert.equal(second.seq, first.seq + 1);
  for (const client of [browser, robot]) {
    const one = await client.next('onMessage', withText('hello, robot'));
    const two = await client.next('onMessage', withText('hello, browser'));
    assert.deepEqual([one.id, one.seq, one.rev], [first.id, first.seq, first.rev]);
    assert.deepEqual([two.id, two.seq, two.rev], [second.id, second.seq, second.rev]);
    assert.equal(one.user.userName, ann.name);
    assert.equal(one.name, ann.name);
    assert.equal(one.content, 'hello, robot');
  }
});

test('a message sent by HTTP reaches both sockets', async () => {
  const sent = await bob.say(room, 'from fetch');
  for (const client of [browser, robot]) {
    assert.equal((await client.next('onMessage', withText('from fetch'))).id, sent.id);
  }
});

test('pushes of one room come in the order of seq, however many speak at once', async () => {
  const words = Array.from({ length: 30 }, (_, index) => `word ${index}`);
  await Promise.all(words.map((word, index) => send(index % 2 ? browser : robot, word)));
  for (const client of [browser, robot]) {
    for (const word of words) await client.next('onMessage', withText(word));
    const seqs = client.inbox
      .of('onMessage')
      .filter(({ roomId }) => roomId === room.id)
      .map(({ seq }) => seq);
    const expected = Array.from({ length: seqs.length }, (_, index) => seqs[0] + index);
    assert.deepEqual(seqs, expected);
  }
});

test('one connection that sends in a row keeps its order', async () => {
  const words = Array.from({ length: 20 }, (_, index) => `line ${index}`);
  const sent = await Promise.all(words.map((word) => send(browser, word)));
  const seqs = sent.map(({ seq }) => seq);
  assert.deepEqual(
    seqs,
    seqs.toSorted((a, b) => a - b),
  );
});

test('a reply carries the message that it answers, one level deep', async () => {
  const question = await send(browser, 'tea?');
  const answer = await send(robot, 'yes', { replyId: question.id });
  await send(browser, 'milk?', { replyId: String(answer.id) });
  const push = await robot.next('onMessage', withText('milk?'));
  assert.equal(push.replyId, answer.id);
  assert.equal(push.reply.textMessage.text, 'yes');
  assert.ok(push.reply.reply == null, 'and no deeper');
});

test('an edited message is pushed with its new words and the next rev', async () => {
  const sent = await send(browser, 'teh');
  const edited = given(
    await browser.request('room.edit', { messageId: sent.id, textMessage: { text: 'the' } }),
  );
  assert.deepEqual([edited.id, edited.seq, edited.isEdited], [sent.id, sent.seq, true]);
  for (const client of [browser, robot]) {
    const push = await client.next('onMessageUpdated');
    assert.equal(push.textMessage.text, 'the');
    assert.equal(push.rev, sent.rev + 1);
  }
  const refused = await robot.request('room.edit', { messageId: sent.id, textMessage: { text: 'mine' } });
  assert.equal(refused.code, 403, JSON.stringify(refused));
});

test('a recalled message keeps its place and loses its content, for everybody and for good', async () => {
  const viaMessage = await send(browser, 'secret one');
  const viaRoute = await send(browser, 'secret two');
  const viaHttp = await send(browser, 'secret three');
  given(
    await browser.request('room.sendMessage', {
      channelId: room.id,
      contentType: 'RECALL_MESSAGE',
      recallMessage: { operator: ann.id, recallMsgId: viaMessage.id },
    }),
  );
  given(await browser.request('room.recall', { messageId: viaRoute.id }));
  await ann.delete(`/room/message?id=${viaHttp.id}`);
  for (const sent of [viaMessage, viaRoute, viaHttp]) {
    const push = await robot.next('onMessageUpdated', ({ id }) => id === sent.id);
    assert.equal(push.isRecalled, true);
    assert.equal(push.seq, sent.seq);
    assert.deepEqual(push.recallMessage, { operator: ann.id, recallMsgId: sent.id });
  }
  const history = await bob.history(room, 'afterSeq=0');
  assert.ok(!JSON.stringify(history).includes('secret'), 'nothing of it is left');
});

test('a receipt moves the mark of the reader alone, and only forward', async () => {
  const sent = await send(browser, 'read me');
  given(
    await robot.request('room.sendMessage', {
      channelId: room.id,
      contentType: 'READ_MESSAGE',
      readMessage: { operator: ann.id, lastReadSeq: sent.seq },
    }),
  );
  const push = await browser.next('onRead', ({ userId }) => userId === bob.id);
  assert.deepEqual(push, { roomId: room.id, userId: bob.id, readSeq: sent.seq });
  assert.deepEqual(await bob.post('/room/read', { id: room.id, seq: 1 }), { readSeq: sent.seq });
  const beyond = given(await robot.request('room.read', { id: room.id, seq: sent.seq + 100 }));
  assert.deepEqual(beyond, { readSeq: sent.seq });
  const seen = await ann.get(`/room?id=${room.id}`);
  assert.equal(seen.readSeq[bob.id], sent.seq);
});

test('a reaction is counted once and can be taken back', async () => {
  const sent = await send(browser, 'party');
  for (const client of [robot, robot]) {
    given(await client.request('room.react', { messageId: sent.id, emoji: '🎉', on: true }));
  }
  const push = await browser.next('onMessageUpdated');
  assert.deepEqual(
    push.reactions.map(({ emoji, count, userIds }) => [emoji, count, userIds]),
    [['🎉', 1, [bob.id]]],
  );
  const without = await bob.delete('/room/reaction', { id: sent.id, emoji: '🎉' });
  assert.deepEqual(without.reactions, []);
});

test('sending the same clientMsgId again answers with the first message and stores nothing', async () => {
  const first = await send(browser, 'once', { clientMsgId: 'a-1' });
  const again = await send(browser, 'once more', { clientMsgId: 'a-1' });
  assert.equal(again.id, first.id);
  assert.equal(again.textMessage.text, 'once');
  const viaHttp = await ann.say(room, 'and again', { clientMsgId: 'a-1' });
  assert.equal(viaHttp.id, first.id);
  const texts = (await bob.history(room, 'afterSeq=0')).map((message) => message.textMessage?.text);
  assert.deepEqual(texts.filter(Boolean), ['once']);
});

test('errors of the chat come as the envelope, with its numeric code', async () => {
  const tooLong = await browser.request('room.sendMessage', {
    channelId: room.id,
    ...textOf('x'.repeat(4001)),
  });
  assert.equal(tooLong.code, 400);
  const elsewhere = await robot.request('room.sendMessage', { channelId: 987654321, ...textOf('hi') });
  assert.equal(elsewhere.code, 404);
  assert.deepEqual(Object.keys(elsewhere).sort(), ['code', 'data', 'message']);
});

test('typing is told to the others and not to oneself', async () => {
  robot.notify('room.typing', { id: room.id, on: true });
  assert.deepEqual(await browser.next('onTyping'), { roomId: room.id, userId: bob.id, on: true });
  await send(robot, 'done');
  await robot.next('onMessage', withText('done'));
  assert.deepEqual(robot.inbox.of('onTyping'), []);
});

test('who comes and goes is told to those who share a room', async () => {
  const cat = await world.person('Cat');
  const phone = await world.signIn(Browser, cat);
  assert.equal((await browser.next('onPresence', ({ userId }) => userId === cat.id)).online, true);
  phone.close();
  assert.equal(
    (await browser.next('onPresence', ({ userId, online }) => userId === cat.id && !online)).online,
    false,
  );
});

test('room.sync gives a returning client all that it missed, edits and recalls included, once', async () => {
  const kept = await send(browser, 'seen before');
  robot.close();
  const edited = await send(browser, 'to be edited');
  const recalled = await send(browser, 'to be recalled');
  await ann.patch('/room/message', { id: edited.id, textMessage: { text: 'was edited' } });
  await ann.delete(`/room/message?id=${recalled.id}`);
  const back = await world.signIn(Robot, bob);
  const { rooms, gone } = given(await back.request('room.sync', { rooms: [{ id: room.id, rev: kept.rev }] }));
  const mine = rooms.find(({ id }) => id === room.id);
  assert.deepEqual(
    mine.messages.map(({ id }) => id).sort((a, b) => a - b),
    [edited.id, recalled.id],
  );
  assert.deepEqual(
    mine.messages.map(({ rev }) => rev),
    [kept.rev + 3, kept.rev + 4],
  );
  assert.equal(mine.more, false);
  assert.deepEqual(gone, []);
  const nothing = given(await back.request('room.sync', { rooms: [{ id: room.id, rev: mine.lastRev }] }));
  assert.ok(!nothing.rooms.some(({ id }) => id === room.id), 'rooms with nothing new are left out');
});
