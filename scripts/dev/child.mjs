// A process that is ended with all that it has started.

import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
/** How long a process may take to end; the server promises ten seconds. */
const END_MS = 12_000;

export class Child {
  #process;
  /** Resolves with the exit code, or the signal that ended it. */
  gone;
  isGone = false;

  static start(command, args, { env = process.env } = {}) {
    const child = new Child();
    // A group of its own: Ctrl-C reaches only this program, which ends the others in their order.
    child.#process = spawn(command, args, {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
      detached: true,
    });
    child.gone = new Promise((done) => {
      child.#process.once('exit', (code, signal) => done(code ?? signal));
      child.#process.once('error', (error) => done(error.message));
    }).then((reason) => {
      child.isGone = true;
      return reason;
    });
    return child;
  }

  async end() {
    this.#signal('SIGTERM');
    const late = setTimeout(() => this.#signal('SIGKILL'), END_MS);
    await this.gone;
    clearTimeout(late);
  }

  #signal(signal) {
    if (this.isGone || this.#process.pid === undefined) return;
    try {
      process.kill(-this.#process.pid, signal);
    } catch (error) {
      // Gone in this moment.
      if (error.code !== 'ESRCH') throw error;
    }
  }
}
