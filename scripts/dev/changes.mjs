// Tells when the server's sources change.

import { watch } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './child.mjs';

/** An editor writes a file in several steps. */
const QUIET_MS = 200;
const FOLDERS = ['crates', 'migrations', 'config'];
const IS_SOURCE = /\.(rs|toml|yml)$/;
const IS_BUILT = /(^|\/)(target|node_modules)\//;

/** Calls `changed` with the name of a file once it is quiet again. */
export function watchSources(changed) {
  let timer;
  const note = (file) => {
    clearTimeout(timer);
    timer = setTimeout(() => changed(file), QUIET_MS);
  };
  for (const folder of FOLDERS) {
    watch(join(ROOT, folder), { recursive: true }, (_, name) => {
      if (name && IS_SOURCE.test(name) && !IS_BUILT.test(name)) note(join(folder, name));
    });
  }
  // A folder's watch also sees files that an editor replaces.
  watch(ROOT, (_, name) => {
    if (name === 'Cargo.toml') note(name);
  });
}
