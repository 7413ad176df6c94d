// Dashboard and alerts are about metrics that the nodes have, and each alert is explained.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { test } from 'node:test';

import { Api } from '../../clients/lib/api.mjs';
import { Person } from '../../clients/lib/person.mjs';
import { Robot } from '../../clients/lib/robot.mjs';
import { Server } from '../../clients/lib/server.mjs';
import { given } from '../../clients/lib/world.mjs';
import { Redis } from '../lib/redis.mjs';
import { newDatabase } from '../lib/stand.mjs';

const read = (path) => readFile(resolve(import.meta.dirname, '../../..', path), 'utf8');

test('every metric of dashboard and alerts is one that a node has', async (context) => {
  const redis = await Redis.start();
  context.after(() => redis.remove());
  const node = await Server.start({
    BANTER_DATA__DB__DSN: await newDatabase(),
    BANTER_DATA__REDIS__URL: redis.url,
    BANTER_SECURITY__JWT__KEY: 'a key that is long enough for a node among others',
  });
  context.after(() => node.remove());
  // Some things are measured once somebody has said something that somebody hears.
  const api = new Api(node.url, { check() {} });
  const ann = await Person.register(api, 'Ann');
  const robot = new Robot();
  await robot.connect({ host: '127.0.0.1', port: node.wsPort, user: { token: ann.token } });
  context.after(() => robot.close());
  given(await robot.request('room.join', {}));
  const heard = robot.next('onMessage');
  await ann.say({ id: 1 }, 'hello');
  await heard;
  await ann.ask('GET', '/room?id=999');
  const text = await (await fetch(`${node.url}/metrics`)).text();
  const there = new Set(text.match(/^banter_\w+/gm));
  for (const path of ['deploy/observability/dashboard.json', 'deploy/observability/alerts.yml']) {
    const named = new Set((await read(path)).match(/\bbanter_\w+/g));
    assert.ok(named.size > 10, path);
    assert.deepEqual(
      [...named].filter((name) => !there.has(name)),
      [],
      `${path} names metrics that there are`,
    );
  }
});

test('every alert has its paragraph among the runbooks', async () => {
  const [alerts, page] = await Promise.all(
    ['deploy/observability/alerts.yml', 'docs/operations.md'].map(read),
  );
  const names = [...alerts.matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
  assert.ok(names.length > 5);
  assert.deepEqual([...page.matchAll(/^#+ (Banter\w+)$/gm)].map(([, name]) => name).sort(), names.sort());
  for (const name of names) assert.ok(alerts.includes(`#${name.toLowerCase()}`), `${name} says where`);
});
