// The unmodified WebSocket client of pinus. It swallows kicks and closes, so those are read off its socket.

import { Inbox } from './inbox.mjs';
import { keepingConsole, loadAlone, timers } from './load.mjs';
import { PUSHES } from './routes.mjs';
import { PACKET, recordingSocket } from './socket.mjs';
import { within } from './wait.mjs';

const FILE = 'pinus-robot-plugin/dist/PinusWSClient.js';

export class Robot {
  kind = 'the pinus client';
  frames = [];
  inbox = new Inbox('the pinus client');
  #client;
  #closed;
  #socket;

  constructor() {
    const modules = { ws: recordingSocket(this.frames) };
    const globals = { console: keepingConsole(), ...timers };
    const { PinusWSClient } = loadAlone(FILE, { modules, globals });
    this.#client = new PinusWSClient();
    for (const route of PUSHES) {
      this.#client.on(route, (body) => this.inbox.put(route, body));
    }
  }

  /** Connects to `{ host, port }` with the given `user` object and resolves after handshake and ack. */
  connect(params) {
    const opened = new Promise((resolve, reject) => {
      this.#client.init(params, resolve);
      this.#socket = this.#client.socket;
      this.#closed = new Promise((closed) => this.#socket.addEventListener('close', closed));
      this.#closed.then(({ code }) => reject(new Error(`closed with ${code}`)));
      this.#socket.addEventListener('error', ({ message }) => reject(new Error(message)));
      this.#socket.addEventListener('message', ({ data }) => this.#noteKick(Buffer.from(data)));
    });
    return within(opened, 'the handshake of the pinus client');
  }

  /** The whole answer, whatever it says. */
  request(route, body) {
    const answered = new Promise((resolve) => this.#client.request(route, body, resolve));
    return within(answered, `the answer to ${route}`);
  }

  notify(route, body) {
    this.#client.notify(route, body);
  }

  next(route, fits, ms) {
    return this.inbox.next(route, fits, ms);
  }

  closed() {
    return within(this.#closed, 'the close of the pinus client');
  }

  close() {
    this.#client.disconnect();
  }

  #noteKick(bytes) {
    if (bytes[0] === PACKET.kick) this.inbox.put('onKick', JSON.parse(bytes.subarray(4).toString()));
  }
}
