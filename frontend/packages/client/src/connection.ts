/** One socket, from the handshake to its end. It does not come back: that is the link's business. */

import type { Clock } from './clock.js';
import { ApiError, NetworkError } from './errors.js';
import { decodeMessage, Dictionary, encodeNotify, encodeRequest, type Response } from './pitaya/message.js';
import { type Bytes, decodePackets, encodePacket, Packet, WireError } from './pitaya/packet.js';
import { decodeJson, encodeJson } from './pitaya/text.js';
import type { Socket, SocketConstructor } from './socket.js';

export interface ConnectionOptions {
  url: string;
  token: string;
  WebSocket: SocketConstructor;
  clock: Clock;
  /** Hands were shaken: requests may go out. */
  opened(): void;
  pushed(route: string, body: unknown): void;
  /** It is over, once; `reason` is that of a kick, where there was one. */
  closed(reason: string | undefined): void;
}

interface Waiting {
  resolve(data: unknown): void;
  reject(error: unknown): void;
  timer: unknown;
}

interface Greeting {
  code: number;
  sys: { heartbeat: number; dict?: Record<string, number> };
}

interface Envelope {
  /** A number, or a text such as `PIT-404` for errors of the transport. */
  code: number | string;
  message?: string;
  msg?: string;
  data?: unknown;
}

const HANDSHAKE_TIME = 10_000;
const REQUEST_TIME = 15_000;
/** The server sends a heartbeat each interval; after this many without a sound it is gone. */
const SILENT_HEARTBEATS = 2;

export class Connection {
  #options: ConnectionOptions;
  #socket: Socket;
  #state: 'opening' | 'open' | 'closed' = 'opening';
  #dictionary = new Dictionary();
  #requests = new Map<number, Waiting>();
  #nextId = 1;
  #heartbeat = 0;
  #heardAt: number;
  #silence: unknown;
  #kick: string | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#heardAt = options.clock.now();
    this.#silence = options.clock.setTimeout(() => this.close(), HANDSHAKE_TIME);
    this.#socket = new options.WebSocket(options.url);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.addEventListener('open', () => this.#greet());
    this.#socket.addEventListener('message', ({ data }) => this.#receive(data));
    this.#socket.addEventListener('close', () => this.close());
    // A close event follows; without a listener Node would end the program.
    this.#socket.addEventListener('error', () => {});
  }

  /** True when the server has been silent for longer than it should be, as after the sleep of a computer. */
  get isStale(): boolean {
    return this.#options.clock.now() - this.#heardAt > this.#heartbeat * SILENT_HEARTBEATS;
  }

  /** Asks, and gives the data of the answer. */
  request(route: string, body: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#state !== 'open') throw new NetworkError('not connected');
      const id = this.#nextId++;
      // Who leaves one request unanswered answers none: the connection is dead.
      const timer = this.#options.clock.setTimeout(() => this.close(), REQUEST_TIME);
      this.#requests.set(id, { resolve, reject, timer });
      this.#send(encodeRequest(id, route, body, this.#dictionary));
    });
  }

  /** Says something that is not answered. */
  notify(route: string, body: unknown) {
    if (this.#state === 'open') this.#send(encodeNotify(route, body, this.#dictionary));
  }

  close() {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    const { clock } = this.#options;
    clock.clearTimeout(this.#silence);
    this.#socket.close();
    for (const { reject, timer } of this.#requests.values()) {
      clock.clearTimeout(timer);
      reject(new NetworkError('the connection was lost'));
    }
    this.#requests.clear();
    this.#options.closed(this.#kick);
  }

  #send(message: Bytes) {
    this.#socket.send(encodePacket(Packet.data, message));
  }

  #greet() {
    const greeting = {
      sys: { type: 'banter-client', version: '0.1.0', batch: true, compact: true },
      user: { token: this.#options.token },
    };
    this.#socket.send(encodePacket(Packet.handshake, encodeJson(greeting)));
  }

  #receive(data: unknown) {
    // A socket that we gave up may still tell what it has.
    if (this.#state === 'closed') return;
    try {
      if (typeof data === 'string') throw new WireError('a text frame');
      for (const { type, body } of decodePackets(new Uint8Array(data as ArrayBuffer))) this.#take(type, body);
    } catch (error) {
      this.close();
      if (!(error instanceof WireError || error instanceof SyntaxError)) throw error;
    }
  }

  #take(type: number, body: Bytes) {
    // What a packet caused may have closed us before the next one of its frame.
    if (this.#state === 'closed') return;
    this.#hear();
    if (type === Packet.handshake) {
      this.#welcome(decodeJson(body) as Greeting);
    } else if (type === Packet.kick) {
      this.#kick = body.length > 0 ? (decodeJson(body) as { reason?: string }).reason : undefined;
      this.close();
    } else if (type === Packet.heartbeat) {
      // Not by a timer of our own: browsers let those of hidden pages run once a minute, which is too seldom.
      this.#socket.send(encodePacket(Packet.heartbeat));
    } else if (type === Packet.data) {
      const message = decodeMessage(body, this.#dictionary);
      if (message.type === 'push') this.#options.pushed(message.route, message.body);
      else this.#answer(message);
    }
  }

  #welcome({ code, sys }: Greeting) {
    if (code !== 200) throw new WireError(`the handshake was refused with ${code}`);
    this.#dictionary = new Dictionary(sys.dict);
    this.#heartbeat = sys.heartbeat * 1000;
    this.#socket.send(encodePacket(Packet.ack));
    this.#state = 'open';
    this.#hear();
    this.#options.opened();
  }

  /** A packet came: the silence begins anew. */
  #hear() {
    const { clock } = this.#options;
    this.#heardAt = clock.now();
    if (this.#state !== 'open') return;
    clock.clearTimeout(this.#silence);
    this.#silence = clock.setTimeout(() => this.close(), this.#heartbeat * SILENT_HEARTBEATS);
  }

  #answer({ id, isError, body }: Response) {
    const request = this.#requests.get(id);
    if (!request) return;
    this.#requests.delete(id);
    this.#options.clock.clearTimeout(request.timer);
    const envelope = body as Envelope;
    if (!isError && envelope.code === 0) request.resolve(envelope.data);
    else request.reject(errorOf(envelope));
  }
}

function errorOf({ code: word, message, msg, data }: Envelope): ApiError {
  const code = Number(String(word).replace('PIT-', '')) || 500;
  const { retryAfter } = (data ?? {}) as { retryAfter?: number };
  return new ApiError(message ?? msg ?? 'the server refused', { code, status: statusOf(code), retryAfter });
}

/** The HTTP status that goes with a code: below 1000 they are the same. */
function statusOf(code: number): number {
  if (code < 1000) return code;
  const odd: Record<number, number> = { 1001: 409, 1002: 401, 1003: 401, 1005: 409 };
  return odd[code] ?? 400;
}
