// Builds the server, and keeps one running.

import { setTimeout as sleep } from 'node:timers/promises';

import { Child } from './child.mjs';

const BINARY = 'target/debug/banter';

export class Server {
  #child;
  #build;
  #env;

  constructor() {
    const port = process.env.BANTER_HTTP__PORT ?? '8000';
    this.url = `http://127.0.0.1:${port}`;
    this.#env = {
      ...process.env,
      BANTER_HTTP__PORT: port,
      BANTER_DATA__DIR: process.env.BANTER_DATA__DIR ?? 'storage/dev',
      // Signing in is quick and, for tests by hand, not counted.
      BANTER_SECURITY__BCRYPT_COST: '4',
      BANTER_SECURITY__RATE_LIMIT__ENABLED: 'false',
    };
    // The web app's, not the server's, which refuses names that it does not know.
    delete this.#env.BANTER_SERVER;
  }

  get isRunning() {
    return this.#child !== undefined && !this.#child.isGone;
  }

  /** True when the build went well. */
  async build() {
    this.#build = Child.start('cargo', ['build', '--workspace', '--bin', 'banter']);
    return (await this.#build.gone) === 0;
  }

  /** Ends the old server and waits until the new one answers; false when it does not. */
  async restart() {
    await this.#child?.end();
    if (await this.#answers()) throw new Error(`another server answers at ${this.url} already`);
    const child = Child.start(BINARY, ['serve'], { env: this.#env });
    this.#child = child;
    while (!child.isGone) {
      if (await this.#answers()) return true;
      await sleep(50);
    }
    return false;
  }

  async stop() {
    await Promise.all([this.#build?.end(), this.#child?.end()]);
  }

  async #answers() {
    const answer = await fetch(`${this.url}/readyz`).catch(() => undefined);
    return answer?.ok === true;
  }
}
