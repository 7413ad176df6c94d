/** The bot of the documentation does what it says: its lines are taken from there and run by Node. */

import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { Person, PASSWORD } from './person.js';
import { missingServer, Server } from './server.js';

const PACKAGE = resolve(import.meta.dirname, '..');
const DOCUMENT = resolve(PACKAGE, '../../../docs/bots.md');
const missing = missingServer();

let server: Server | undefined;
let folder: string | undefined;
let bot: ChildProcess | undefined;

beforeAll(async () => {
  if (missing) return;
  await promisify(execFile)('npm', ['run', '--silent', 'build'], { cwd: PACKAGE });
  server = await Server.start();
  folder = await mkdtemp(join(tmpdir(), 'banter-bot-'));
  await symlink(resolve(PACKAGE, '../../node_modules'), join(folder, 'node_modules'));
}, 120_000);

afterAll(async () => {
  bot?.kill();
  await server?.remove();
  if (folder) await rm(folder, { recursive: true });
});

it.skipIf(missing)('echoes', { timeout: 60_000 }, async () => {
  if (!server || !folder) throw new Error('nothing was prepared');
  const [, code] = /```js\n(.*?)```/s.exec(await readFile(DOCUMENT, 'utf8')) ?? [];
  const file = join(folder, 'echo.mjs');
  await writeFile(file, code ?? '');
  const [ann, account] = [await Person.register(server, 'ann'), await Person.register(server, 'echo')];
  const goes = ann.next('presence', ({ userId, online }) => userId === account.profile.id && !online);
  account.chat.stop();
  const room = await ann.api.addFriend(account.profile.id);
  ann.chat.track(room.id, room.lastRev);
  ann.say(room.id, 'said before');
  await ann.until(() => ann.texts(room.id).length === 1);

  await goes;
  const errors: string[] = [];
  const comes = ann.next('presence', ({ userId, online }) => userId === account.profile.id && online);
  bot = spawn(process.execPath, [file, server.url, account.email, PASSWORD], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  bot.stderr?.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  await comes;
  ann.say(room.id, 'hello');
  await ann.until(() => ann.texts(room.id).length === 3);
  const [, said] = [...(ann.rooms.get(room.id)?.values() ?? [])];
  await ann.api.edit(said?.id ?? 0, { text: 'hello, bot' });
  ann.say(room.id, 'bye 😁');
  await ann.until(() => ann.texts(room.id).length === 5);
  ann.chat.stop();
  expect(ann.texts(room.id)).toEqual(['said before', 'hello, bot', 'hello', 'bye 😁', 'bye 😁']);
  expect(errors).toEqual([]);
});
