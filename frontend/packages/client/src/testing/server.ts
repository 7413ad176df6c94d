/** The other end of sockets: shakes hands, answers requests as it is told, pushes, kicks and goes away. */

import type { Socket, SocketConstructor } from '../socket.js';

type Bytes = Uint8Array<ArrayBuffer>;
export type Handler = (body: never, connection: ServerConnection) => unknown;

/** An answer that is not a success. */
export class Refusal {
  constructor(
    readonly code: number,
    readonly message = 'refused',
    readonly data: object = {},
  ) {}
}

/** An error of the transport, with the error flag. */
export class TransportRefusal {
  constructor(
    readonly code: string,
    readonly msg = 'refused',
  ) {}
}

/** The request stays unanswered. */
export const SILENCE = Symbol('silence');

/** The routes that requests may name by a code. */
export const DICTIONARY = { 'session.auth': 1, 'room.sendMessage': 258 };

const text = new TextEncoder();
const decoder = new TextDecoder();
const json = (value: unknown): Bytes => text.encode(JSON.stringify(value));

export function packet(type: number, body: Bytes = new Uint8Array()): Bytes {
  const { length } = body;
  return new Uint8Array([type, length >> 16, (length >> 8) & 255, length & 255, ...body]);
}

const response = (id: number, body: unknown, flag = 0x04) =>
  packet(4, new Uint8Array([flag, ...(id < 128 ? [id] : [(id % 128) + 128, id >> 7]), ...json(body)]));

const push = (route: string, body: unknown) =>
  packet(4, new Uint8Array([0x06, route.length, ...text.encode(route), ...json(body)]));

export class FakeServer {
  isUp = true;
  /** Takes connections, but says nothing. */
  isMute = false;
  heartbeat = 15;
  connections: ServerConnection[] = [];
  /** Everything that was asked and said, oldest first. */
  calls: { route: string; body: never; isCompressed: boolean }[] = [];
  handlers: Record<string, Handler> = {};

  /** The class for clients of this server. */
  get WebSocket(): SocketConstructor {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- The class is made anew for each server.
    const server = this;
    return class extends FakeSocket {
      constructor(readonly url: string) {
        super(server);
      }
    };
  }

  get open(): ServerConnection[] {
    return this.connections.filter((connection) => connection.isOpen);
  }

  /** The newest connection. */
  get last(): ServerConnection {
    const last = this.connections.at(-1);
    if (!last) throw new Error('nobody has connected');
    return last;
  }

  /** Bodies of all calls of a route. */
  callsOf(route: string): never[] {
    return this.calls.filter((call) => call.route === route).map((call) => call.body);
  }

  push(route: string, body: unknown) {
    for (const connection of this.open) connection.push(route, body);
  }

  /** Goes away without a word, as a killed process does. */
  crash() {
    this.isUp = false;
    for (const connection of this.open) connection.end();
  }
}

/** What the server knows of one socket. */
export class ServerConnection {
  isOpen = true;
  isReady = false;
  handshake: { sys: { batch?: boolean; compact?: boolean }; user: { token?: string } } | undefined;
  heartbeats = 0;
  /** A connection of which the server does not notice that it is dead. */
  isDeaf = false;

  constructor(
    readonly server: FakeServer,
    private readonly socket: FakeSocket,
  ) {}

  push(route: string, body: unknown) {
    this.deliver(push(route, body));
  }

  heartbeat() {
    this.deliver(packet(3));
  }

  kick(reason?: string) {
    this.deliver(packet(5, reason === undefined ? undefined : json({ reason })));
    this.end();
  }

  /** Hands a frame to the client. */
  deliver(frame: Bytes | string) {
    queueMicrotask(() => this.socket.emit('message', typeof frame === 'string' ? frame : frame.buffer));
  }

  end() {
    this.isOpen = false;
    queueMicrotask(() => this.socket.emit('close'));
  }

  receive(frame: Bytes) {
    if (!this.isOpen || this.isDeaf || this.server.isMute) return;
    const [type, , , , ...body] = frame;
    if (type === 1) this.#greet(new Uint8Array(body));
    else if (type === 2) this.isReady = true;
    else if (type === 3) this.heartbeats += 1;
    else if (type === 4) this.#call(new Uint8Array(body));
  }

  #greet(body: Bytes) {
    this.handshake = JSON.parse(decoder.decode(body)) as typeof this.handshake;
    const sys = {
      heartbeat: this.server.heartbeat,
      dict: DICTIONARY,
      serializer: 'json',
      batch: true,
      compact: true,
    };
    this.deliver(packet(1, json({ code: 200, sys })));
  }

  #call(message: Bytes) {
    const flag = message[0] ?? 0;
    let at = 1;
    let id = 0;
    if (flag >> 1 === 0) {
      for (let shift = 0, more = true; more; shift += 7) {
        const byte = message[at++] ?? 0;
        id |= (byte & 127) << shift;
        more = byte > 127;
      }
    }
    const isCompressed = (flag & 1) === 1;
    const size = isCompressed ? 2 : 1 + (message[at] ?? 0);
    const place = message.subarray(at, at + size);
    const route = isCompressed ? routeOf(place) : decoder.decode(place.subarray(1));
    const body = JSON.parse(decoder.decode(message.subarray(at + size))) as never;
    this.server.calls.push({ route, body, isCompressed });
    if (id > 0) void this.#answer(id, route, body);
  }

  async #answer(id: number, route: string, body: never) {
    const handler = this.server.handlers[route];
    const answer = await (handler ? handler(body, this) : new TransportRefusal('PIT-404'));
    if (answer === SILENCE || !this.isOpen) return;
    if (answer instanceof TransportRefusal) this.deliver(response(id, answer, 0x24));
    else if (answer instanceof Refusal) this.deliver(response(id, answer));
    else this.deliver(response(id, { code: 0, message: 'success', data: answer }));
  }
}

function routeOf([high = 0, low = 0]: Bytes): string {
  return Object.entries(DICTIONARY).find(([, code]) => code === high * 256 + low)?.[0] ?? '?';
}

class FakeSocket implements Socket {
  binaryType = 'blob';
  #listeners = new Map<string, ((event: { data: unknown }) => void)[]>();
  #connection: ServerConnection | undefined;

  constructor(server: FakeServer) {
    queueMicrotask(() => {
      if (!server.isUp) {
        this.emit('error');
        this.emit('close');
        return;
      }
      this.#connection = new ServerConnection(server, this);
      server.connections.push(this.#connection);
      this.emit('open');
    });
  }

  addEventListener(type: string, listener: (event: { data: unknown }) => void) {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  emit(type: string, data?: unknown) {
    for (const listener of this.#listeners.get(type) ?? []) listener({ data });
  }

  send(bytes: Bytes) {
    const frame = bytes.slice();
    queueMicrotask(() => this.#connection?.receive(frame));
  }

  close() {
    if (this.#connection?.isOpen) this.#connection.end();
  }
}
