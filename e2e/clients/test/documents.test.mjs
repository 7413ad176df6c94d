// What the pages tell people to type works, and the answers that they show are those that come.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

import { Server } from '../lib/server.mjs';
import { within } from '../lib/wait.mjs';

const ROOT = resolve(import.meta.dirname, '../../..');
const NAMED_SERVER = 'http://127.0.0.1:8000';
const SCRIPT_MS = 60_000;
/** Between the outputs of two blocks. */
const MARK = '=== next block ===';

const PAGES = [
  ['docs/api.md', (blocks) => blocks],
  // The others tell about building, too; here only what talks to a server is run.
  ['README.md', talk],
  ['README.zh-CN.md', talk],
];

for (const [page, choose] of PAGES) {
  test(`${page} shows commands that work`, async (context) => {
    const blocks = choose(blocksOf(await readFile(join(ROOT, page), 'utf8')));
    assert.ok(blocks.length > 0, `${page} has commands to run`);
    const server = await Server.start();
    context.after(() => server.remove());
    const outputs = await run(blocks, server.url);
    assert.equal(outputs.length, blocks.length, `${page}: every block ran\n${server.log()}`);
    blocks.forEach((block, index) => compare(block, outputs[index], page));
  });
}

test('docs/api.md lists the codes that the API document knows', async (context) => {
  const server = await Server.start();
  context.after(() => server.remove());
  const { paths } = await (await fetch(`${server.url}/openapi.json`)).json();
  const responses = Object.values(paths)
    .flatMap(Object.values)
    .flatMap(({ responses }) => Object.entries(responses));
  const failures = responses.filter(([status]) => status >= 400);
  const documented = new Map(failures.map(([status, { description }]) => [status, description]));
  const markdown = await readFile(join(ROOT, 'docs/api.md'), 'utf8');
  const rows = [...markdown.matchAll(/^\| (\d+) \| (\d+) \| ([^|]+) \|/gm)];
  const listed = new Map(
    rows.filter(([, code, status]) => code === status).map(([, code, , text]) => [code, text]),
  );
  listed.delete('405'); // Of no operation in particular.
  assert.deepEqual([...listed].sort(), [...documented].sort());
});

function talk(blocks) {
  return blocks.filter(({ script }) => script.startsWith('api='));
}

/** The `sh` blocks of a page, each with the `json` block that follows, which is its last answer. */
function blocksOf(markdown) {
  const fences = [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  return fences.flatMap(([, language, script], index) => {
    if (language !== 'sh') return [];
    const [, next, text] = fences[index + 1] ?? [];
    return [{ script, shown: next === 'json' ? JSON.parse(text) : undefined }];
  });
}

/** What the blocks say, run one after the other in one shell, as one types them. */
async function run(blocks, url) {
  const folder = await mkdtemp(join(tmpdir(), 'banter-documents-'));
  try {
    // Answers end without a new line; the shell of a person does not mind, but a reader of lines does.
    const head = `set -euo pipefail\ncurl() { command curl --max-time 10 "$@"; echo; }\n`;
    const scripts = blocks.map(({ script }) => `${script}\necho '${MARK}'\n`);
    const shell = spawn('bash', ['-c', head + scripts.join('').replaceAll(NAMED_SERVER, url)], {
      cwd: folder,
    });
    let said = '';
    for (const stream of [shell.stdout, shell.stderr])
      stream.setEncoding('utf8').on('data', (text) => (said += text));
    const gone = new Promise((done) => shell.once('close', done));
    const code = await within(gone, 'the end of the commands', SCRIPT_MS).finally(() => shell.kill());
    assert.equal(code, 0, `the commands ended with ${code}:\n${said}`);
    return said.split(`${MARK}\n`).slice(0, -1);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Holds the answers of a block to success, and its last one to what the page shows. */
function compare({ script, shown }, output, page) {
  const answers = output
    .split('\n')
    .filter((line) => line.startsWith('{"code":'))
    .map((line) => JSON.parse(line));
  const what = `${page}:\n${script}answered\n${output}`;
  const last = shown && answers.pop();
  for (const { code } of answers) assert.equal(code, 0, what);
  if (shown) match(shown, last, what);
}

/** Everything that is shown is there; more may be. */
function match(shown, actual, what, path = 'answer') {
  if (Array.isArray(shown)) {
    assert.ok(Array.isArray(actual), `${path} is a list in ${what}`);
    assert.equal(actual.length, shown.length, `${path} has ${shown.length} in ${what}`);
    shown.forEach((item, index) => match(item, actual[index], what, `${path}[${index}]`));
  } else if (shown !== null && typeof shown === 'object') {
    assert.ok(actual !== null && typeof actual === 'object', `${path} is an object in ${what}`);
    for (const [key, value] of Object.entries(shown)) match(value, actual[key], what, `${path}.${key}`);
  } else if (typeof shown === 'string' && shown.includes('…')) {
    const parts = shown.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    assert.match(String(actual), new RegExp(`^${parts.join('.*')}$`, 's'), `${path} in ${what}`);
    assert.equal(typeof actual, 'string', `${path} is a text in ${what}`);
  } else {
    assert.equal(actual, shown, `${path} in ${what}`);
  }
}
