// Being sent away: the page learns why before its socket closes.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Api } from '../lib/api.mjs';
import { Browser } from '../lib/browser.mjs';
import { PASSWORD, Person } from '../lib/person.mjs';
import { Robot } from '../lib/robot.mjs';
import { Server } from '../lib/server.mjs';
import { CLIENTS, given, useWorld } from '../lib/world.mjs';

const world = useWorld({ BANTER_WS__AUTH_TIMEOUT: '1s' });

for (const Client of CLIENTS) {
  test(`${Client.name}: signing out by HTTP kicks the sockets of that session, with a reason`, async () => {
    const ann = await world.person('Ann');
    const client = await world.signIn(Client, ann);
    await ann.post('/logout');
    const { reason } = await client.next('onKick');
    assert.ok(reason.length > 0, 'the reason says why');
    await client.closed();
    assert.equal((await ann.ask('GET', '/userInfo')).status, 401, 'its token is worth nothing now');
  });

  test(`${Client.name}: a connection that stays anonymous is kicked`, async () => {
    const client = await world.connect(Client);
    const { reason } = await client.next('onKick');
    assert.equal(typeof reason, 'string');
    await client.closed();
  });
}

test('signing out on one device leaves the other one alone', async () => {
  const phone = await world.person('Ann');
  const desk = await phone.again();
  const [onPhone, onDesk] = [await world.signIn(Browser, phone), await world.signIn(Robot, desk)];
  await phone.post('/logout');
  await onPhone.closed();
  given(await onDesk.request('room.list', {}));
});

test('a changed password kicks all other sessions', async () => {
  const desk = await world.person('Ann');
  const phone = await desk.again();
  const [onDesk, onPhone] = [await world.signIn(Browser, desk), await world.signIn(Browser, phone)];
  await desk.post('/password', { oldPassword: PASSWORD, newPassword: `${PASSWORD} staple` });
  assert.equal(typeof (await onPhone.next('onKick')).reason, 'string');
  await onPhone.closed();
  given(await onDesk.request('room.list', {}));
});

test('a session that is revoked from another device is kicked', async () => {
  const desk = await world.person('Ann');
  const phone = await desk.again();
  const onPhone = await world.signIn(Robot, phone);
  const sessions = await desk.get('/session');
  const others = sessions.filter(({ current }) => !current);
  assert.equal(others.length, 1);
  await desk.delete(`/session?id=${others[0].id}`);
  await onPhone.next('onKick');
  await onPhone.closed();
});

test('a server that shuts down kicks with reason "shutdown" and ends with code 0', async () => {
  const server = await Server.start();
  try {
    const ann = await Person.register(await Api.of(server), 'Ann');
    const page = new Browser();
    await page.connect({ host: '127.0.0.1', port: server.wsPort, user: { token: ann.token } });
    const [code, kick] = await Promise.all([server.terminate(), page.next('onKick', undefined, 12_000)]);
    assert.deepEqual(kick, { reason: 'shutdown' });
    assert.equal(code, 0);
    page.close();
  } finally {
    await server.remove();
  }
});
