// deploy/nginx with the nginx that is installed here, in front of two nodes.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { PASSWORD } from '../../clients/lib/person.mjs';
import { given } from '../../clients/lib/world.mjs';
import { within } from '../../clients/lib/wait.mjs';
import { Stand } from '../lib/stand.mjs';
import { Visitor } from '../lib/visitor.mjs';

const ASSETS = resolve(import.meta.dirname, '../../../frontend/dist/assets');
const HSTS = 'strict-transport-security';
const HEADERS = ['content-security-policy', 'x-content-type-options', 'referrer-policy', 'x-frame-options'];

let stand;
let anybody;
const clients = [];

before(async () => {
  // So few a minute that the burst alone decides, however busy this machine is.
  stand = await Stand.start({ gateway: { GATEWAY_RATE: '1r/m' } });
  anybody = new Visitor(stand.gateway);
});
afterEach(async (context) => {
  if (context.passed === false) console.error(await stand?.log());
});
after(async () => {
  for (const client of clients) client.close();
  await stand?.remove();
});

async function connected(person) {
  const client = await person.connect();
  clients.push(client);
  return client;
}

/** Waits for a message with that text. */
const heard = (client, text) => client.next('onMessage', ({ textMessage }) => textMessage?.text === text);

test('without TLS there is nothing but the way to it, and proofs for the certificate', async () => {
  const sent = await anybody.ask('GET', '/r/7?x=1', { isPlain: true });
  assert.deepEqual([sent.status, sent.headers.location], [308, 'https://localhost/r/7?x=1']);
  await writeFile(join(stand.gateway.folder, 'acme/.well-known/acme-challenge/proof'), 'proof');
  const proof = await anybody.ask('GET', '/.well-known/acme-challenge/proof', { isPlain: true });
  assert.deepEqual([proof.status, String(proof.body)], [200, 'proof']);
});

test('TLS is new enough, and HTTP/2 is spoken', async () => {
  const hello = (options) =>
    new Promise((done) => {
      const socket = connectTls({ ...anybody.tls, host: '127.0.0.1', port: stand.gateway.port, ...options });
      socket.once('secureConnect', () => done(socket.getProtocol()) || socket.destroy());
      socket.once('error', (error) => done(error.code));
    });
  assert.equal(await hello({}), 'TLSv1.3');
  assert.equal(await hello({ maxVersion: 'TLSv1.2' }), 'TLSv1.2');
  const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
  assert.match(await hello(old), /^ERR_SSL/);
  assert.match(await hello({ maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' }), /^ERR_SSL|ECONNRESET/);
  assert.equal(await anybody.askByHttp2('/openapi.json'), 200);
});

test('pages and answers have the headers of the server itself, and HSTS', async () => {
  for (const path of ['/', '/r/1', '/index.html', '/sw.js', '/api/userInfo', '/swagger/', '/openapi.json']) {
    const own = await fetch(stand.nodes[0].url + path);
    const { status, headers } = await anybody.ask('GET', path);
    assert.equal(status, own.status, path);
    for (const name of HEADERS) assert.equal(headers[name], own.headers.get(name), `${name} of ${path}`);
    assert.equal(headers['cache-control'] ?? null, own.headers.get('cache-control'), path);
    assert.match(headers[HSTS], /^max-age=\d{8}/, path);
    const type = (text) => text.replace('application/javascript', 'text/javascript');
    assert.equal(type(headers['content-type']), own.headers.get('content-type'), path);
  }
});

test('the web app comes compressed, for ever where its name says what is in it', async () => {
  const name = (await readdir(ASSETS)).find((file) => file.endsWith('.js.br')).slice(0, -3);
  const path = `/assets/${name}`;
  const plain = await anybody.ask('GET', path);
  assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable');
  const codings = new Map([['gzip', gunzipSync]]);
  if (existsSync('/usr/lib/nginx/modules/ngx_http_brotli_static_module.so'))
    codings.set('br', brotliDecompressSync);
  for (const [coding, decode] of codings) {
    const { headers, body } = await anybody.ask('GET', path, { headers: { 'accept-encoding': coding } });
    assert.equal(headers['content-encoding'], coding);
    assert.match(headers.vary, /Accept-Encoding/i);
    assert.deepEqual(decode(body), plain.body);
  }
  const document = await anybody.ask('GET', '/openapi.json', { headers: { 'accept-encoding': 'gzip' } });
  assert.equal(document.headers['content-encoding'], 'gzip');
  assert.equal((await anybody.ask('GET', '/assets/not-there.js')).status, 404);
});

test('a stranger name, metrics and hidden files are refused', async () => {
  assert.equal((await anybody.ask('GET', '/', { headers: { host: 'elsewhere.example' } })).status, 421);
  assert.equal((await anybody.ask('GET', '/metrics')).status, 404);
  assert.equal((await anybody.ask('GET', '/.env')).status, 404);
  assert.equal((await anybody.ask('GET', '/../conf/nginx.conf')).status, 400);
});

test('a page of another origin changes nothing, though it names our host in headers of its own', async () => {
  const foreign = { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' };
  const json = { email: 'a@example.org', password: PASSWORD };
  assert.equal((await anybody.ask('POST', '/api/login', { json, headers: foreign })).status, 403);
  const own = { origin: stand.url };
  assert.equal((await anybody.ask('POST', '/api/login', { json, headers: own })).status, 401);
});

test('people at two nodes talk, with the pomelo client through TLS', async () => {
  const [ann, bob] = [
    await new Visitor(stand.gateway).register('Ann'),
    await new Visitor(stand.gateway).register('Bob'),
  ];
  const room = await ann.give('POST', '/friend', { id: bob.id });
  // The gateway sends each new socket to the node with fewer of them.
  const [annOnline, bobOnline] = [await connected(ann), await connected(bob)];
  const counts = await Promise.all(stand.nodes.map(openSockets));
  assert.deepEqual(counts, [1, 1]);
  given(
    await annOnline.request('room.sendMessage', {
      channelId: room.id,
      contentType: 'TEXT_MESSAGE',
      textMessage: { text: 'over there?' },
    }),
  );
  await heard(bobOnline, 'over there?');
  await bob.say(room, 'here!');
  await heard(annOnline, 'here!');
});

test('files go up and come down, in parts too; what is too large is refused in the form of the API', async () => {
  const [cai, dan] = [
    await new Visitor(stand.gateway).register('Cai'),
    await new Visitor(stand.gateway).register('Dan'),
  ];
  const bytes = Buffer.alloc(3_000_000, 'words ');
  const uploaded = await cai.upload('long.txt', bytes);
  assert.equal(uploaded.json.code, 0, String(uploaded.body));
  const room = await cai.give('POST', '/friend', { id: dan.id });
  await cai.give('POST', '/room/message', {
    channelId: room.id,
    contentType: 'MEDIA_MESSAGE',
    mediaMessage: { url: uploaded.json.data.url },
  });
  const { pathname } = new URL(uploaded.json.data.url, stand.url);
  const whole = await dan.ask('GET', pathname);
  assert.equal(whole.status, 200);
  assert.ok(whole.body.equals(bytes));
  const part = await dan.ask('GET', pathname, { headers: { range: 'bytes=6-10' } });
  assert.deepEqual([part.status, String(part.body)], [206, 'words']);
  assert.equal((await anybody.ask('GET', pathname)).status, 404);
  const large = await cai.ask('POST', '/api/room/message', { body: Buffer.alloc(1_200_000) });
  assert.deepEqual([large.status, large.json?.code], [413, 413]);
});

test('whoever guesses passwords is held up by address: the real one, not the one that is claimed', async () => {
  const { email } = await new Visitor(stand.gateway).register('Fay');
  const signIn = (from, claimed, password) =>
    new Visitor(stand.gateway, from).ask('POST', '/api/login', {
      json: { email, password },
      headers: { 'x-forwarded-for': claimed, forwarded: `for=${claimed}` },
    });
  const statuses = [];
  for (let count = 0; count < 6; count += 1) {
    const { status, headers } = await signIn('127.0.0.7', `192.0.2.${count}`, 'a wrong guess');
    assert.ok(headers['x-request-id'], 'the server itself answers');
    statuses.push(status);
  }
  assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429]);
  assert.equal((await signIn('127.0.0.8', '127.0.0.7', PASSWORD)).status, 200, 'Fay is not, elsewhere');
});

test('an address that asks too much is slowed down by the gateway, in the form of the API', async () => {
  const visitor = new Visitor(stand.gateway, '127.0.0.9');
  const refused = [];
  for (let asked = 0; asked < 800 && refused.length === 0; asked += 40) {
    const answers = Array.from({ length: 40 }, () => visitor.ask('GET', '/api/userInfo'));
    refused.push(...(await Promise.all(answers)).filter(({ status }) => status === 429));
  }
  assert.ok(refused.length > 0);
  const [{ headers, json }] = refused;
  assert.deepEqual([json.code, headers['retry-after'], headers['x-request-id']], [429, '1', undefined]);
  assert.equal(headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'");
});

test('while somebody looks after the server, people see a page and clients an answer that says so', async () => {
  await stand.gateway.maintain(true);
  const page = await anybody.ask('GET', '/r/1');
  const style = /<style>(.*)<\/style>/s.exec(page.body)[1];
  const hash = createHash('sha256').update(style).digest('base64');
  assert.deepEqual([page.status, page.headers['retry-after']], [503, '15']);
  assert.match(page.headers['content-type'], /^text\/html/);
  assert.ok(page.headers['content-security-policy'].includes(`'sha256-${hash}'`), 'its style is allowed');
  const answer = await anybody.ask('GET', '/api/userInfo');
  assert.deepEqual([answer.status, answer.json.code, answer.headers['retry-after']], [503, 503, '5']);
  await assert.rejects(new Visitor(stand.gateway).connect(), /503/);
  await stand.gateway.maintain(false);
  assert.equal((await anybody.ask('GET', '/r/1')).status, 200);
});

test('a node that dies takes nobody with it, and with the last one the gateway says so', async () => {
  const eve = await new Visitor(stand.gateway).register('Eve');
  const room = await eve.give('POST', '/room', { name: 'Steady' });
  const online = [await connected(eve), await connected(eve)];
  await stand.nodes[0].crash();
  await within(
    Promise.any(online.map((client) => client.closed())),
    'the end of the socket to the dead node',
  );
  for (let count = 0; count < 10; count += 1) await eve.say(room, `still here ${count}`);
  const again = await connected(eve);
  await eve.say(room, 'back');
  await heard(again, 'back');
  await stand.nodes[1].crash();
  const gone = await eve.ask('GET', '/api/userInfo');
  assert.deepEqual([gone.status, gone.json?.code], [503, 503]);
  assert.equal((await eve.ask('GET', '/')).status, 200, 'the page is there, to say that it tries again');
});

async function openSockets(node) {
  const text = await (await fetch(`${node.url}/metrics`)).text();
  return Number(/^banter_ws_connections (\d+)/m.exec(text)[1]);
}
