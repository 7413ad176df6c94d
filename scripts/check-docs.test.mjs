import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { problems } from './check-docs.mjs';

/** What is wrong in a folder of these files. */
async function problemsOf(files) {
  const root = await mkdtemp(join(tmpdir(), 'banter-docs-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(root, dirname(path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    return await problems(root);
  } finally {
    await rm(root, { recursive: true });
  }
}

test('links that lead somewhere are fine, and code holds none', async () => {
  const readme = [
    '# 你好, `world`!',
    '## Twice',
    '## Twice',
    '[a](docs/a.md) [b](docs/a.md#what-it-is "title") [c](#twice-1) [d](#你好-world) [e](docs) [f](docs/)',
    '<img src="docs/a.png"> [g](https://example.org/nowhere) ![h](/docs/a.png) [i](<docs/a.md>)',
    '`[not](a-link)` and ``[not](`this`)``',
    '```sh',
    '[not](this-one)',
    '```',
  ];
  const files = {
    'README.md': readme.join('\n'),
    'docs/a.md': '[up](../README.md)\n\n# What it is',
    'docs/a.png': '',
  };
  assert.deepEqual(await problemsOf(files), []);
});

test('dead links, anchors and links to what is built are told', async () => {
  const readme = '[a](b.md) [c](#c) <a href="d">d</a> [e](dist/e.js) [f](sub/f.md#g)\n\n[ref]: missing.md';
  const files = { 'README.md': readme, 'dist/e.js': '', 'sub/f.md': '# F' };
  assert.deepEqual(await problemsOf(files), [
    'README.md: b.md: there is no such file',
    'README.md: #c: there is no such heading',
    'README.md: dist/e.js: there is no such file',
    'README.md: sub/f.md#g: there is no such heading',
    'README.md: missing.md: there is no such file',
    'README.md: d: there is no such file',
  ]);
});

test('indexes that leave something out are told', async () => {
  const files = {
    'docs/README.md': '[a](a.md)',
    'docs/a.md': '',
    'docs/architecture.md': '[one](../crates/one)',
    'crates/one/Cargo.toml': '',
    'crates/two/Cargo.toml': '',
  };
  assert.deepEqual(await problemsOf(files), [
    'docs/README.md: docs/architecture.md is not linked',
    'docs/architecture.md: crates/two is not linked',
  ]);
});

test('figures that were not measured, or differ between languages, are told', async () => {
  const marked = (text) => `<!-- figures: as measured 7 times -->${text}<!-- /figures --> 99`;
  const files = {
    'README.md': marked('| 2.17 M | 12 ms | 5 |'),
    'README.zh-CN.md': marked('| 2.17 M | 12 ms | 6 |'),
    'docs/performance.md': '12.17 M, 2.17 k, 12 ms and 5 of them',
    'docs/README.md': '[performance](performance.md)',
  };
  assert.deepEqual(await problemsOf(files), [
    'README.md: 2.17 M is not in docs/performance.md',
    'README.zh-CN.md: its figures are not those of README.md',
  ]);
});

test('comments that point to pages or sections which are not there are told', async () => {
  const files = {
    'docs/README.md': '[a](a.md)',
    'docs/a.md': '# A\n\n## 2 Two\n',
    'src/a.rs': '//! See docs/a.md,\n//! sections 2 and 3, and docs/b.md.\n',
  };
  assert.deepEqual(await problemsOf(files), [
    'src/a.rs: docs/a.md: there is no section 3',
    'src/a.rs: docs/b.md: there is no such file',
  ]);
});
