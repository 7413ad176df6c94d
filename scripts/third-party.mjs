// third-party.mjs: the notices that the licences of what is inside a release ask for, on standard output. Each licence's
// text stands once, below the names of all that came with it: crates of the binary, packages of the web app.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const NOTICE = /^(licen[cs]e|copying|notice|copyright|unlicense)/i;

const run = (program, ...words) =>
  execFileSync(program, words, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 });

/** Crates that the release's binary is made of: no tools of the build, no tests. */
function crates() {
  const used = run(
    'cargo',
    'tree',
    '--locked',
    '--package',
    'app',
    '--edges',
    'normal',
    '--prefix',
    'none',
    '--format',
    '{p}',
  );
  const names = new Set(used.split('\n').map((line) => line.split(' ').slice(0, 2).join(' ')));
  const { packages } = JSON.parse(run('cargo', 'metadata', '--locked', '--format-version', '1'));
  return packages
    .filter(({ name, version, source }) => source && names.has(`${name} v${version}`))
    .map(({ name, version, license, manifest_path: manifest }) => ({
      name: `${name} ${version} (Rust)`,
      license,
      folder: dirname(manifest),
    }));
}

/** Packages that the web app depends on to run. */
function packages() {
  const { packages: all } = JSON.parse(readFileSync(join(ROOT, 'frontend/package-lock.json'), 'utf8'));
  return Object.entries(all)
    .filter(([path, { dev, link, optional }]) => path.includes('node_modules/') && !dev && !link && !optional)
    .map(([path, { version, license }]) => ({
      name: `${path.split('node_modules/').at(-1)} ${version} (web)`,
      license,
      folder: join(ROOT, 'frontend', path),
    }))
    .filter(({ folder }) => existsSync(folder));
}

/** The texts that came with it, or the licence's name where none did. */
function texts({ folder, license }) {
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isFile() && NOTICE.test(entry.name),
  );
  const found = files.map(({ name }) => readFileSync(join(folder, name), 'utf8').trim());
  return found.length > 0 ? found : [`Licence: ${license ?? 'not named'}`];
}

const owners = new Map();
for (const part of [...crates(), ...packages()]) {
  for (const text of texts(part)) owners.set(text, [...(owners.get(text) ?? []), part.name]);
}
const sections = [...owners].map(([text, names]) => `${[...new Set(names)].sort().join('\n')}\n\n${text}\n`);
const line = `\n${'-'.repeat(80)}\n\n`;
process.stdout.write(
  `What is inside of Banter by others, and under which terms.\n${line}${sections.sort().join(line)}`,
);
