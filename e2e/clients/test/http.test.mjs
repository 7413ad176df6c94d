// Somebody who has nothing but fetch.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { PASSWORD, textOf } from '../lib/person.mjs';
import { useWorld } from '../lib/world.mjs';

const world = useWorld();

test('registering twice is refused with its own code, for the address and for the name', async () => {
  const ann = await world.person('Ann');
  const json = { email: ann.email, password: PASSWORD, userName: 'SomebodyElse' };
  const sameEmail = await world.api.ask('POST', '/register', { json });
  assert.deepEqual([sameEmail.status, sameEmail.code], [409, 1001]);
  const sameName = await world.api.ask('POST', '/register', {
    json: { ...json, email: 'x@example.org', userName: ann.name },
  });
  assert.deepEqual([sameName.status, sameName.code], [409, 1005]);
});

test('a wrong password and an unknown address get the same answer', async () => {
  const ann = await world.person('Ann');
  const login = (email, password) => world.api.ask('POST', '/login', { json: { email, password } });
  const wrong = await login(ann.email, 'not the password');
  const unknown = await login('nobody@example.org', 'not the password');
  assert.deepEqual([wrong.status, wrong.code], [401, 1002]);
  assert.deepEqual(
    [unknown.status, unknown.code, unknown.message],
    [wrong.status, wrong.code, wrong.message],
  );
});

test('a password has 8 to 72 bytes, both ends included', async () => {
  const register = (password, email) => world.api.ask('POST', '/register', { json: { email, password } });
  for (const [password, email] of [
    ['x'.repeat(8), 'shortest@example.org'],
    ['x'.repeat(72), 'longest@example.org'],
    ['é'.repeat(36), 'accents@example.org'],
  ]) {
    assert.equal((await register(password, email)).code, 0, `${password.length} characters`);
    assert.equal((await world.api.ask('POST', '/login', { json: { email, password } })).code, 0);
  }
  for (const password of ['x'.repeat(7), 'x'.repeat(73), 'é'.repeat(37)]) {
    assert.equal(
      (await register(password, 'refused@example.org')).status,
      400,
      `${password.length} characters`,
    );
  }
});

test('signing in by user name works, and no answer ever holds a password or its hash', async () => {
  const ann = await world.person('Ann');
  const answer = await world.api.ask('POST', '/login', { json: { email: ann.name, password: PASSWORD } });
  assert.equal(answer.code, 0);
  assert.ok(!/password|\$2[aby]\$/i.test(JSON.stringify(answer.data)));
});

test('without a token, or with a broken one, everything private is 401', async () => {
  for (const token of [undefined, 'nonsense', 'a.b.c']) {
    for (const path of ['/userInfo', '/room', '/friend', '/session', '/search?q=x', '/user?id=1']) {
      const { status, code } = await world.api.ask('GET', path, { token });
      assert.deepEqual([status, code], [401, 401], path);
    }
  }
});

test('a bare token without "Bearer" is taken, too', async () => {
  const ann = await world.person('Ann');
  const { code } = await world.api.ask('GET', '/userInfo', { headers: { authorization: ann.token } });
  assert.equal(code, 0);
});

test('unknown paths are a 404 envelope, wrong methods a 405 with Allow, other media types a 415', async () => {
  const isDocumented = false;
  const unknown = await world.api.ask('GET', '/nothing', { isDocumented });
  assert.deepEqual([unknown.status, unknown.code], [404, 404]);
  const wrong = await world.api.ask('PUT', '/login', { isDocumented, json: {} });
  assert.deepEqual([wrong.status, wrong.code], [405, 405]);
  assert.match(wrong.headers.get('allow'), /POST/);
  const headers = { 'content-type': 'text/plain' };
  const media = await world.api.ask('POST', '/login', { isDocumented, headers, form: 'hello' });
  assert.deepEqual([media.status, media.code], [415, 415]);
});

test('a sane request id of the caller comes back', async () => {
  const { headers } = await world.api.ask('POST', '/login', {
    json: {},
    headers: { 'x-request-id': 'trace-4711' },
  });
  assert.equal(headers.get('x-request-id'), 'trace-4711');
});

test('a faulty field is named', async () => {
  const ann = await world.person('Ann');
  const room = await ann.post('/room', { name: 'Faults' });
  const faults = [
    ['POST', '/room', { name: 'x'.repeat(65) }, 'name'],
    ['POST', '/room', { name: 7 }, 'name'],
    ['POST', '/room', { name: 'x', joinPolicy: 'maybe' }, 'joinPolicy'],
    ['POST', '/room/message', { channelId: room.id, ...textOf('') }, 'text'],
    ['POST', '/room/message', { channelId: room.id, ...textOf('x'.repeat(4001)) }, 'text'],
    ['POST', '/room/message', { channelId: room.id, contentType: 'SONG' }, 'contentType'],
    ['POST', '/room/message', { contentType: 'TEXT_MESSAGE', textMessage: { text: 'x' } }, 'channelId'],
    ['POST', '/password', { oldPassword: PASSWORD, newPassword: 'short' }, 'newPassword'],
    ['GET', `/room/messages?id=${room.id}&limit=abc`, undefined, 'limit'],
  ];
  for (const [method, path, json, field] of faults) {
    const { status, message } = await ann.ask(method, path, json);
    assert.equal(status, 400, `${method} ${path} ${JSON.stringify(json)?.slice(0, 80)}: ${message}`);
    assert.ok(message.includes(field), `"${message}" names ${field}`);
  }
});

test('the profile can be changed, all but the permission', async () => {
  await world.person('Admin');
  const ann = await world.person('Ann');
  const changed = await ann.post('/userInfo', { bio: 'I sail. ⛵', github: 'ann' });
  assert.deepEqual([changed.bio, changed.github], ['I sail. ⛵', 'ann']);
  assert.equal((await ann.ask('POST', '/userInfo', { permission: 'admin' })).status, 403);
  const { room, ...profile } = await ann.get('/userInfo');
  assert.deepEqual(profile.bio, 'I sail. ⛵');
  assert.deepEqual(
    room.map(({ name }) => name),
    ['General'],
  );
});

test('history pages by seq in both directions and around a message', async () => {
  const ann = await world.person('Ann');
  const room = await ann.post('/room', { name: 'Pages' });
  const sent = [];
  for (let count = 0; count < 12; count += 1) sent.push(await ann.say(room, `${count}`));
  const [first, middle] = [sent[0].seq, sent[6].seq];
  const seqs = async (place) => (await ann.history(room, place, 5)).map(({ seq }) => seq);
  assert.deepEqual(
    await seqs(`afterSeq=${first}`),
    [1, 2, 3, 4, 5].map((step) => first + step),
  );
  assert.deepEqual(
    await seqs(`beforeSeq=${middle}`),
    [5, 4, 3, 2, 1].map((step) => middle - step),
  );
  assert.ok((await seqs(`aroundSeq=${middle}`)).includes(middle));
});

test("search finds words in one's own rooms only", async () => {
  const [ann, bob] = [await world.person('Ann'), await world.person('Bob')];
  const room = await ann.post('/room', { name: 'Secret', joinPolicy: 'invite' });
  await ann.say(room, 'the marzipan is hidden here');
  assert.equal((await ann.get('/search?q=marzipan')).length, 1);
  assert.equal((await bob.get('/search?q=marzipan')).length, 0);
});

test("a message's media can be read by those who can read the message, by nobody else", async () => {
  const [ann, bob, eve] = [await world.person('Ann'), await world.person('Bob'), await world.person('Eve')];
  const room = await ann.post('/friend', { id: bob.id });
  const form = new FormData();
  form.set('scene', 'message');
  form.set('file', new Blob(['plain words'], { type: 'text/plain' }), 'note.txt');
  const uploaded = await ann.upload(form);
  assert.deepEqual(
    [uploaded.name, uploaded.extension, uploaded.size, uploaded.kind],
    ['note.txt', 'txt', 11, 'file'],
  );
  const fetchAs = (person) =>
    fetch(new URL(uploaded.url, world.server.url), {
      headers: person ? { authorization: `Bearer ${person.token}` } : {},
    });
  assert.equal((await fetchAs(bob)).status, 404, 'not before it is sent');
  const mediaMessage = { url: uploaded.url };
  await ann.post('/room/message', { channelId: room.id, contentType: 'MEDIA_MESSAGE', mediaMessage });
  const his = await fetchAs(bob);
  assert.equal(his.status, 200);
  assert.equal(await his.text(), 'plain words');
  assert.equal(his.headers.get('x-content-type-options'), 'nosniff');
  assert.equal((await fetchAs(eve)).status, 404);
  assert.equal((await fetchAs(undefined)).status, 404);
});

test('the refresh cookie rotates, and using an old one again revokes the session', async () => {
  const ann = await world.person('Ann');
  const cookieOf = (cookies) => cookies.map((cookie) => cookie.split(';')[0]).join('; ');
  const refresh = (cookie) => world.api.ask('POST', '/refresh', { headers: { cookie } });
  const old = cookieOf(ann.cookies);
  const fresh = await refresh(old);
  assert.equal(fresh.code, 0);
  const rotated = cookieOf(fresh.headers.getSetCookie());
  assert.notEqual(rotated, old);
  assert.equal((await refresh(rotated)).code, 0);
  assert.equal((await refresh(old)).status, 401);
  assert.equal((await world.api.ask('GET', '/userInfo', { token: fresh.data.accessToken })).status, 401);
});

test('the pages beside the API answer', async () => {
  for (const [path, type] of Object.entries({
    '/healthz': /./,
    '/readyz': /./,
    '/metrics': /^text\/plain/,
    '/swagger.json': /^application\/json/,
    '/openapi.json': /^application\/json/,
    '/swagger/': /^text\/html/,
    '/': /^text\/html/,
  })) {
    const answer = await fetch(world.server.url + path);
    assert.equal(answer.status, 200, path);
    assert.match(answer.headers.get('content-type') ?? '-', type, path);
  }
});
