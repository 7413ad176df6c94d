// A browser page with the unmodified pomelo client on it: its own global scope, its own globals, and
// WebSocket as browsers have it.

import Emitter from 'component-emitter';

import { Inbox } from './inbox.mjs';
import { keepingConsole, runAsPage, timers } from './load.mjs';
import { EVENTS, PUSHES } from './routes.mjs';
import { PACKET, packets, recordingSocket } from './socket.mjs';
import { within } from './wait.mjs';

const SCRIPTS = ['pomelo-protocol/lib/protocol.js', 'pomelo-jsclient-websocket/lib/pomelo-client.js'];

export class Browser {
  kind = 'the browser client';
  frames = [];
  inbox = new Inbox('the browser client');
  #pomelo;

  /** Through TLS where options for it are given. */
  constructor(tls = undefined) {
    const window = {
      WebSocket: recordingSocket(this.frames, tls),
      EventEmitter: Emitter,
      console: keepingConsole(),
      // The packages end with a CommonJS export, for the bundler of the component era.
      module: { exports: {} },
      ...timers,
    };
    this.#pomelo = runAsPage(window, SCRIPTS).pomelo;
    for (const route of [...PUSHES, 'onKick']) {
      this.#pomelo.on(route, (body) => this.inbox.put(route, plain(body)));
    }
    for (const event of EVENTS) {
      this.#pomelo.on(event, (what) => this.inbox.put(event, what));
    }
  }

  /** Connects to `{ host, port }` with the given `user` object and resolves after handshake and ack. */
  connect(params) {
    const opened = new Promise((resolve, reject) => {
      for (const event of ['error', 'io-error', 'close']) {
        this.#pomelo.on(event, (what) =>
          reject(new Error(`${event}: ${what?.message ?? what?.code ?? what}`)),
        );
      }
      this.#pomelo.init(params, () => resolve(this.handshake()));
    });
    return within(opened, 'the handshake of the browser client');
  }

  /** What the server answered to the newest handshake. */
  handshake() {
    return JSON.parse(packets(this.frames, 'in', PACKET.handshake).at(-1).body.toString());
  }

  /** The whole answer, whatever it says. */
  request(route, body) {
    const answered = new Promise((resolve) =>
      this.#pomelo.request(route, body, (answer) => resolve(plain(answer))),
    );
    return within(answered, `the answer to ${route}`);
  }

  notify(route, body) {
    this.#pomelo.notify(route, body);
  }

  next(route, fits, ms) {
    return this.inbox.next(route, fits, ms);
  }

  closed() {
    return this.inbox.next('disconnect');
  }

  close() {
    this.#pomelo.disconnect();
  }
}

/** Objects of the page have prototypes of the page; strict comparison wants ours. */
function plain(body) {
  return structuredClone(body);
}
