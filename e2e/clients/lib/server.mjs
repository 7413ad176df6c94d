// Starts the real binary on free ports and a folder of its own, and ends it by its process.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { until, within } from './wait.mjs';

const USUAL_BINARY = resolve(import.meta.dirname, '../../../target/debug/banter');
const START_MS = 30_000;
/** The server promises to be gone 10 s after SIGTERM. */
const STOP_MS = 12_000;

export class Server {
  #binary;
  #env;
  #child;
  #gone;
  #log = [];

  /** A server that is ready to answer. */
  static async start(env = {}) {
    const binary = process.env.BANTER_BIN ? resolve(process.env.BANTER_BIN) : USUAL_BINARY;
    if (!existsSync(binary)) {
      throw new Error(`no server at ${binary}: build it with "cargo build", or name it in BANTER_BIN`);
    }
    const server = new Server();
    server.#binary = binary;
    server.folder = await mkdtemp(join(tmpdir(), 'banter-clients-'));
    [server.port, server.wsPort] = await freePorts(2);
    server.#env = {
      BANTER_HTTP__PORT: String(server.port),
      BANTER_WS__PORT: String(server.wsPort),
      BANTER_DATA__DIR: join(server.folder, 'storage'),
      BANTER_SECURITY__BCRYPT_COST: '4',
      BANTER_SECURITY__RATE_LIMIT__ENABLED: 'false',
      ...env,
    };
    await server.#run();
    return server;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Ends the process between two instructions, as a power cut does, and starts it anew on the same data. */
  async crashAndRestart() {
    await this.crash();
    await this.#run();
  }

  /** Ends the process between two instructions, and leaves it so. */
  async crash() {
    this.#child.kill('SIGKILL');
    await within(this.#gone, 'the end of the killed server');
  }

  /** Asks the server to end and resolves with its exit code. */
  async terminate() {
    this.#child.kill('SIGTERM');
    const code = await within(this.#gone, 'the server to end after SIGTERM', STOP_MS);
    return code;
  }

  /** Ends the server, however it feels, and removes its folder. */
  async remove() {
    this.#child.kill('SIGKILL');
    await this.#gone;
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The last lines that the server said. */
  log() {
    return this.#log.join('').split('\n').slice(-40).join('\n');
  }

  forgetLog() {
    this.#log = [];
  }

  async #run() {
    const ours = Object.entries(process.env).filter(([name]) => !name.startsWith('BANTER_'));
    // In its own folder, so that no configuration file of the checkout is found.
    const options = { cwd: this.folder, env: { ...Object.fromEntries(ours), ...this.#env } };
    const child = spawn(this.#binary, ['serve'], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => this.#log.push(text));
    }
    this.#gone = new Promise((done) => child.once('exit', (code, signal) => done(code ?? signal)));
    const early = this.#gone.then((code) => {
      throw new Error(`the server ended with ${code} before it was ready:\n${this.log()}`);
    });
    const ready = until(async () => (await fetch(`${this.url}/readyz`)).ok, 'the server is ready', START_MS);
    await Promise.race([ready, early]).catch((error) => {
      child.kill('SIGKILL');
      throw new Error(`${error.message}\n${this.log()}`, { cause: error });
    });
  }
}

/** Ports that nobody listens at; all are held at once, so that they differ. */
export async function freePorts(count) {
  const probes = await Promise.all(Array.from({ length: count }, listening));
  const ports = probes.map((probe) => probe.address().port);
  await Promise.all(probes.map((probe) => new Promise((closed) => probe.close(closed))));
  return ports;
}

function listening() {
  return new Promise((found, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => found(probe));
  });
}
