// Debian's nginx with the configuration of deploy/nginx, filled in for a folder of its own and free ports.

import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { freePorts } from '../../clients/lib/server.mjs';
import { until, within } from '../../clients/lib/wait.mjs';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../../..');
const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;
const START_MS = 20_000;

export class Gateway {
  #child;
  #gone;
  #said = '';

  /** Folder, ports and certificate, so that the nodes can be told under which name they are reached. */
  static async prepare() {
    const gateway = new Gateway();
    gateway.folder = await mkdtemp(join(tmpdir(), 'banter-gateway-'));
    // nginx gives up root's rights before it reads files.
    await chmod(gateway.folder, 0o755);
    [gateway.httpPort, gateway.port] = await freePorts(2);
    for (const name of ['conf', 'logs', 'temp', 'acme/.well-known/acme-challenge']) {
      await mkdir(join(gateway.folder, name), { recursive: true });
    }
    const [key, certificate] = ['key.pem', 'cert.pem'].map((name) => join(gateway.folder, name));
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const kind = [
      '-x509',
      '-nodes',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-days',
      '2',
    ];
    await run('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', certificate]);
    gateway.certificate = certificate;
    gateway.ca = await readFile(certificate);
    return gateway;
  }

  get url() {
    return `https://localhost:${this.port}`;
  }

  /** Starts nginx in front of nodes with `port` and `wsPort`, with more of its settings. */
  async start(nodes, web, more = {}) {
    const servers = (key) => nodes.map((node) => `server 127.0.0.1:${node[key]};`).join(' ');
    const settings = {
      GATEWAY_DOMAIN: 'localhost',
      GATEWAY_HTTP: `127.0.0.1:${this.httpPort}`,
      GATEWAY_HTTPS: `127.0.0.1:${this.port}`,
      GATEWAY_HTTP_NODES: servers('port'),
      GATEWAY_WS_NODES: servers('wsPort'),
      GATEWAY_CERTIFICATE: this.certificate,
      GATEWAY_CERTIFICATE_KEY: join(this.folder, 'key.pem'),
      GATEWAY_WEB: web,
      GATEWAY_PAGES: join(ROOT, 'deploy/nginx/pages'),
      GATEWAY_ACME: join(this.folder, 'acme'),
      GATEWAY_MAINTENANCE: join(this.folder, 'maintenance'),
      GATEWAY_PID: join(this.folder, 'nginx.pid'),
      GATEWAY_TEMP: join(this.folder, 'temp'),
      GATEWAY_LOGS: join(this.folder, 'logs'),
      GATEWAY_USER: 'root',
      GATEWAY_CONNECTIONS: '512',
      GATEWAY_FILES: '1024',
      ...more,
    };
    await run(join(ROOT, 'deploy/nginx/render.sh'), [join(this.folder, 'conf')], {
      env: { ...process.env, ...settings },
    });
    const words = ['-c', join(this.folder, 'conf/nginx.conf'), '-g', 'daemon off;'];
    const options = { env: { ...process.env, PATH }, stdio: ['ignore', 'pipe', 'pipe'] };
    this.#child = spawn('nginx', words, options);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => (this.#said += text));
    }
    this.#gone = new Promise((done) => this.#child.once('exit', done).once('error', done));
    const early = this.#gone.then((code) => {
      throw new Error(`nginx ended with ${code}: ${this.#said}`);
    });
    const asked = () => fetch(`http://127.0.0.1:${this.httpPort}/`, { redirect: 'manual' });
    await Promise.race([until(asked, 'nginx answers', START_MS), early]);
  }

  /** Closes the door for people, or opens it again. */
  async maintain(isClosed) {
    const file = join(this.folder, 'maintenance');
    await (isClosed ? writeFile(file, '') : rm(file));
  }

  /** What nginx complained of, and the last that it was asked. */
  async log() {
    const files = ['error.log', 'access.log'].map((name) => join(this.folder, 'logs', name));
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
    return [this.#said, ...texts].flatMap((text) => text.split('\n').slice(-20)).join('\n');
  }

  async remove() {
    // Its workers are its own children: it has to end them itself.
    this.#child?.kill('SIGTERM');
    if (this.#gone) await within(this.#gone, 'the end of nginx');
    await rm(this.folder, { recursive: true, force: true });
  }
}
