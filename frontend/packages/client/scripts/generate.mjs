// Writes src/schema.d.ts from the API document that the server prints, or checks that it is up to date:
// node scripts/generate.mjs [--check]

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';

const binary = resolve(
  process.env.BANTER_BIN ?? resolve(import.meta.dirname, '../../../../target/debug/banter'),
);
const target = resolve(import.meta.dirname, '../src/schema.d.ts');

if (!existsSync(binary)) {
  console.error(`no server at ${binary}: build it with "cargo build", or name it in BANTER_BIN`);
  process.exit(1);
}
const document = JSON.parse(execFileSync(binary, ['openapi'], { encoding: 'utf8' }));
const head = '// Made by "npm run generate" from the API document of the server. Do not edit.\n\n';
const text = head + astToString(await openapiTS(document, { alphabetize: true }));
const config = await resolveConfig(target);
const wanted = await format(text, { ...config, plugins: [], filepath: target });

if (!process.argv.includes('--check')) {
  writeFileSync(target, wanted);
} else if (readFileSync(target, 'utf8') !== wanted) {
  console.error('src/schema.d.ts does not fit the server: run "npm run generate -w @banter/client"');
  process.exit(1);
}
