/** The real server on free ports and a folder of its own. */

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const USUAL_BINARY = resolve(import.meta.dirname, '../../../../target/debug/banter');
const BINARY = process.env.BANTER_BIN ? resolve(process.env.BANTER_BIN) : USUAL_BINARY;
const START_MS = 30_000;

/** Why there is nothing to test with; `undefined` where there is. A build server must have the binary. */
export function missingServer(): string | undefined {
  if (existsSync(BINARY)) return undefined;
  const message = `no server at ${BINARY}: build it with "cargo build", or name it in BANTER_BIN`;
  if (process.env.CI === 'true') throw new Error(message);
  return message;
}

export class Server {
  #folder = '';
  #port = 0;
  #wsPort = 0;
  #child: ChildProcess | null = null;
  #log: string[] = [];
  #env: Record<string, string>;

  private constructor(env: Record<string, string>) {
    this.#env = env;
  }

  static async start(env: Record<string, string> = {}): Promise<Server> {
    const server = new Server(env);
    server.#folder = await mkdtemp(join(tmpdir(), 'banter-client-'));
    [server.#port, server.#wsPort] = await freePorts();
    await server.run();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get socketUrl(): string {
    return `ws://127.0.0.1:${this.#port}/ws`;
  }

  /** Starts it on what is in its folder. */
  async run() {
    const ours = Object.entries(process.env).filter(([name]) => !name.startsWith('BANTER_'));
    const env = {
      ...Object.fromEntries(ours),
      BANTER_HTTP__PORT: String(this.#port),
      BANTER_WS__PORT: String(this.#wsPort),
      BANTER_DATA__DIR: join(this.#folder, 'storage'),
      BANTER_SECURITY__BCRYPT_COST: '4',
      BANTER_SECURITY__RATE_LIMIT__ENABLED: 'false',
      ...this.#env,
    };
    // In its own folder, so that no configuration file of the checkout is found.
    const child = spawn(BINARY, ['serve'], { cwd: this.#folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => this.#log.push(text));
    }
    for (const end = Date.now() + START_MS; Date.now() < end; await sleep(50)) {
      if (child.exitCode !== null) break;
      const ready = await fetch(`${this.url}/readyz`).catch(() => null);
      if (ready?.ok) return;
    }
    await this.kill();
    throw new Error(`the server does not start:\n${this.#log.join('')}`);
  }

  /** Ends the process between two instructions, as a power cut does. */
  async kill() {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Ends it for good. */
  async remove() {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Two ports that nobody listens at; both are held at once, so that they differ. */
async function freePorts(): Promise<[number, number]> {
  const probes = [createServer().listen(0, '127.0.0.1'), createServer().listen(0, '127.0.0.1')] as const;
  await Promise.all(probes.map((probe) => once(probe, 'listening')));
  const ports = probes.map((probe) => (probe.address() as AddressInfo).port) as [number, number];
  await Promise.all(probes.map((probe) => once(probe.close(), 'close')));
  return ports;
}
