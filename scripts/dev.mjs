// Development: the server with data of its own and two demo people, the web app's development
// server before it, and a new build of the server whenever its sources change.
//
//   BANTER_HTTP__PORT, BANTER_WS__PORT   where the server listens: 8000 and 8001
//   WEB_PORT                             where the web app is developed: 5173
//   BANTER_DATA__DIR                     where the server keeps its data: storage/dev

import { watchSources } from './dev/changes.mjs';
import { Child } from './dev/child.mjs';
import { PASSWORD, invite } from './dev/people.mjs';
import { Server } from './dev/server.mjs';

const webPort = process.env.WEB_PORT ?? '5173';
const say = (text) => console.log(`==> ${text}`);
const server = new Server();
let web;
let isEnding = false;

/** Builds and takes the new server; the old one goes on when the build fails. */
async function renew() {
  if (!(await server.build())) {
    say('The build failed; waiting for the next change');
    return;
  }
  if (isEnding) return;
  say(server.isRunning ? 'Starting the new server' : 'Starting the server');
  if (!(await server.restart())) {
    say('The server did not start; waiting for the next change');
    return;
  }
  const people = await invite(server.url);
  web ??= develop();
  say(`The web app: http://localhost:${webPort}   the server: ${server.url}`);
  say(`Only for development: sign in as ${people.join(' or ')}, password ${PASSWORD}`);
}

function develop() {
  const child = Child.start('scripts/npm-run', ['frontend', 'dev', '--port', webPort, '--strictPort'], {
    env: { ...process.env, BANTER_SERVER: server.url },
  });
  void child.gone.then(() => end(1));
  return child;
}

async function end(code) {
  if (isEnding) return;
  isEnding = true;
  await Promise.all([web?.end(), server.stop()]);
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => void end(0));
}

// Changes that come during a build lead to one more after it.
let work = renew();
let isWaiting = false;
watchSources((file) => {
  if (isWaiting) return;
  isWaiting = true;
  work = work.then(() => {
    isWaiting = false;
    say(`${file} changed`);
    return renew();
  });
  work.catch(fail);
});
work.catch(fail);

function fail(error) {
  console.error(error);
  void end(1);
}
