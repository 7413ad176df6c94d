// Writes a brotli and a gzip form beside each text file of the build, which servers hand out as they are.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = join(import.meta.dirname, '../dist');
const TEXT = /\.(js|css|html|json|svg|webmanifest)$/;
/** Below this a compressed form saves no packet. */
const BYTES_MIN = 1024;

for (const name of readdirSync(root, { recursive: true })) {
  if (!TEXT.test(name)) continue;
  const path = join(root, name);
  const bytes = readFileSync(path);
  if (bytes.length < BYTES_MIN) continue;
  const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: quality }));
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}
