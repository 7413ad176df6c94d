// A whole service on this machine: two nodes with one MariaDB and one Redis, and the gateway in front of them.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { Server } from '../../clients/lib/server.mjs';
import { until } from '../../clients/lib/wait.mjs';
import { Gateway } from './gateway.mjs';
import { Redis } from './redis.mjs';

const ROOT = resolve(import.meta.dirname, '../../..');
const WEB = join(ROOT, 'frontend/dist');

export class Stand {
  nodes = [];

  /** Starts everything, in the order of a real start, with more settings of nodes and gateway. */
  static async start({ env = {}, gateway = {} } = {}) {
    if (!existsSync(join(WEB, 'index.html'))) throw new Error(`no web app in ${WEB}: build it first`);
    const stand = new Stand();
    try {
      await stand.#run(env, gateway);
    } catch (error) {
      await stand.remove();
      throw error;
    }
    return stand;
  }

  get url() {
    return this.gateway.url;
  }

  async #run(env, gateway) {
    [this.gateway, this.redis] = await Promise.all([Gateway.prepare(), Redis.start()]);
    const shared = {
      // As in production, but with passwords that are hashed quickly.
      BANTER_CONFIG: join(ROOT, 'config/prod.yml'),
      BANTER_HTTP__BASE_URL: this.url,
      BANTER_DATA__DB__DSN: await newDatabase(),
      BANTER_DATA__REDIS__URL: this.redis.url,
      BANTER_SECURITY__JWT__KEY: 'both nodes of a test know this key, and nobody else does',
      BANTER_ENV: 'local',
      BANTER_SECURITY__BCRYPT_COST: '4',
      // A folder that both share, as docs/operations.md asks for, and logs on the terminal.
      BANTER_DATA__DIR: join(this.gateway.folder, 'data'),
      BANTER_LOG__DIR: '',
      BANTER_SECURITY__RATE_LIMIT__ENABLED: 'true',
      ...env,
    };
    for (const _ of 'ab') this.nodes.push(await Server.start(shared));
    await Promise.all(
      this.nodes.map((node) => until(() => knowsAnother(node), 'the nodes know of each other', 30_000)),
    );
    await this.gateway.start(this.nodes, WEB, gateway);
  }

  /** The last words of all. */
  async log() {
    return [...this.nodes.map((node) => node.log()), await this.gateway?.log()].join('\n---\n');
  }

  async remove() {
    await this.gateway?.remove();
    for (const node of this.nodes) await node.remove();
    await this.redis?.remove();
  }
}

async function knowsAnother(node) {
  const answer = await fetch(`${node.url}/metrics`);
  return (await answer.text()).includes('banter_cluster_other_nodes 1');
}

/** A new database on the server that scripts/with-mariadb has started. */
export async function newDatabase() {
  const server = process.env.BANTER_TEST_MYSQL_DSN;
  if (!server) throw new Error('run this by scripts/with-mariadb, or name a server in BANTER_TEST_MYSQL_DSN');
  const { hostname, port, username, password } = new URL(server);
  const name = `gateway_${process.pid}`;
  const words = ['--no-defaults', `--host=${hostname}`, `--port=${port}`, `--user=${username}`];
  if (password) words.push(`--password=${password}`);
  await promisify(execFile)('mariadb', [...words, '--execute', `CREATE DATABASE ${name}`]);
  return `${server.replace(/\/$/, '')}/${name}`;
}
