// A Redis of its own on a free port, which keeps nothing.

import { spawn } from 'node:child_process';
import { createConnection } from 'node:net';

import { freePorts } from '../../clients/lib/server.mjs';
import { until, within } from '../../clients/lib/wait.mjs';

const START_MS = 20_000;

export class Redis {
  #child;
  #gone;

  static async start() {
    const redis = new Redis();
    [redis.port] = await freePorts(1);
    const settings = { port: redis.port, bind: '127.0.0.1', save: '', appendonly: 'no' };
    const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    redis.#child = spawn('redis-server', words, { stdio: 'ignore' });
    redis.#gone = new Promise((done) => redis.#child.once('exit', done).once('error', done));
    await until(() => answers(redis.port), 'Redis answers', START_MS);
    return redis;
  }

  get url() {
    return `redis://127.0.0.1:${this.port}`;
  }

  async remove() {
    this.#child.kill('SIGKILL');
    await within(this.#gone, 'the end of Redis');
  }
}

function answers(port) {
  return new Promise((done, failed) => {
    const socket = createConnection(port, '127.0.0.1', () => socket.end(() => done(true)));
    socket.once('error', failed);
  });
}
