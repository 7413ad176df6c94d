// Prints what a browser loads before the first view, compressed, and fails above the budget.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const KIB = 1024;
const BUDGET = { script: 200 * KIB, style: 14 * KIB, font: 40 * KIB, chunk: 64 * KIB };
const dist = join(import.meta.dirname, '../dist');
const html = readFileSync(join(dist, 'index.html'), 'utf8');
const first = [...html.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1]);

const gzip = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length;
const sum = (files, size) => files.reduce((total, file) => total + size(file), 0);
const kib = (bytes) => `${(bytes / KIB).toFixed(1)} KiB`;

const scripts = first.filter((file) => file.endsWith('.js'));
const styles = first.filter((file) => file.endsWith('.css'));
const fonts = first.filter((file) => file.endsWith('.woff2'));
const brotli = (file) => brotliCompressSync(readFileSync(join(dist, file))).length;
const lazy = readdirSync(join(dist, 'assets')).filter(
  (file) => file.endsWith('.js') && !scripts.includes(`assets/${file}`),
);

const rows = [
  ['start code (gzip)', sum(scripts, gzip), BUDGET.script],
  ['start style (gzip)', sum(styles, gzip), BUDGET.style],
  ['first font', sum(fonts, (file) => readFileSync(join(dist, file)).length), BUDGET.font],
  ...lazy.map((file) => [`chunk ${file} (gzip)`, gzip(`assets/${file}`), BUDGET.chunk]),
];
console.log(`start code as sent (brotli): ${kib(sum(scripts, brotli))}`);
let over = false;
for (const [name, bytes, most] of rows) {
  over ||= bytes > most;
  console.log(`${bytes > most ? 'TOO LARGE ' : ''}${name}: ${kib(bytes)} of ${kib(most)}`);
}
process.exit(over ? 1 : 0);
