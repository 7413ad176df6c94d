// run.mjs COMMAND…: starts two nodes behind the gateway and runs a command that finds them in BANTER_E2E_URL.

import { spawn } from 'node:child_process';

import { Stand } from './lib/stand.mjs';

const [command, ...words] = process.argv.slice(2);
const stand = await Stand.start({ env: { BANTER_SECURITY__RATE_LIMIT__ENABLED: 'false' } });
try {
  const env = { ...process.env, BANTER_E2E_URL: stand.url, NODE_EXTRA_CA_CERTS: stand.gateway.certificate };
  const child = spawn(command, words, { stdio: 'inherit', env });
  process.exitCode = await new Promise((done, failed) => child.once('exit', done).once('error', failed));
  if (process.exitCode !== 0) console.error(await stand.log());
} finally {
  await stand.remove();
}
