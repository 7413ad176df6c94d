// The real binary on free ports and a folder of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const BINARY = resolve(import.meta.dirname, process.env.BANTER_BIN ?? '../../target/debug/banter');
const START_MS = 30_000;
/** A service that runs already, to which the stories go instead; e2e/gateway/run.mjs starts one. */
const ELSEWHERE = process.env.BANTER_E2E_URL;

export class Server {
  #child: ChildProcess | undefined;
  #log = '';

  private constructor(
    readonly port: number,
    private readonly wsPort: number,
    private readonly folder: string,
  ) {}

  /** A server that answers. */
  static async start(): Promise<Server> {
    if (ELSEWHERE) return new Server(0, 0, '');
    if (!existsSync(BINARY)) throw new Error(`no server at ${BINARY}: build it, or name it in BANTER_BIN`);
    const folder = await mkdtemp(join(tmpdir(), 'banter-browser-'));
    const [port = 0, wsPort = 0] = await freePorts(2);
    const server = new Server(port, wsPort, folder);
    await server.run();
    return server;
  }

  get url(): string {
    return ELSEWHERE ?? `http://127.0.0.1:${this.port}`;
  }

  get log(): string {
    return this.#log;
  }

  /** Starts the process on the data that is there, with more settings if need be. */
  async run(settings: NodeJS.ProcessEnv = {}): Promise<void> {
    const ours = Object.entries(process.env).filter(([name]) => !name.startsWith('BANTER_'));
    const child = spawn(BINARY, ['serve'], {
      // In its own folder, so that no configuration of the checkout is found.
      cwd: this.folder,
      env: {
        ...Object.fromEntries(ours),
        BANTER_HTTP__PORT: String(this.port),
        BANTER_WS__PORT: String(this.wsPort),
        BANTER_DATA__DIR: join(this.folder, 'storage'),
        BANTER_SECURITY__BCRYPT_COST: '4',
        BANTER_SECURITY__RATE_LIMIT__ENABLED: 'false',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream
        .setEncoding('utf8')
        .on('data', (text: string) => (this.#log = (this.#log + text).slice(-20_000)));
    }
    const end = Date.now() + START_MS;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${this.#log}`);
      const isReady = await fetch(`${this.url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      );
      if (isReady) return;
      if (Date.now() > end) throw new Error(`the server is not ready:\n${this.#log}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  /** Ends the process between two instructions, as a power cut does. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
  }

  async remove(): Promise<void> {
    await this.kill();
    if (this.folder) await rm(this.folder, { recursive: true, force: true });
  }
}

/** Ports that nobody listens on, held all at once so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const holders = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((done) => {
          const holder = createServer().listen(0, '127.0.0.1', () => done(holder));
        }),
    ),
  );
  const ports = holders.map((holder) => (holder.address() as { port: number }).port);
  await Promise.all(holders.map((holder) => new Promise((done) => holder.close(done))));
  return ports;
}
