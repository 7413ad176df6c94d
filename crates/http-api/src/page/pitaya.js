// The gateway's protocol: packets of a type, a length and a body; messages inside data packets.

const PACKET = { handshake: 1, ack: 2, heartbeat: 3, data: 4, kick: 5 };
const MESSAGE = { request: 0, response: 2, push: 3 };
const REQUEST_TIME = 15_000;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const packet = (type, body = new Uint8Array()) => {
  const bytes = new Uint8Array(4 + body.length);
  bytes.set([type, body.length >> 16, body.length >> 8, body.length]);
  bytes.set(body, 4);
  return bytes;
};

const json = (value) => encoder.encode(JSON.stringify(value));

const encodeRequest = (id, route, body) => {
  const head = [MESSAGE.request << 1];
  let rest = id;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    head.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  const name = encoder.encode(route);
  return new Uint8Array([...head, name.length, ...name, ...json(body)]);
};

const decodeMessage = (bytes, routes) => {
  const type = (bytes[0] >> 1) & 7;
  let at = 1;
  let id = 0;
  let route = '';
  if (type === MESSAGE.response) {
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++];
      id += (byte & 127) * factor;
      if (byte < 128) break;
    }
  } else if (bytes[0] & 1) {
    route = routes.get(bytes[at] * 256 + bytes[at + 1]) ?? '';
    at += 2;
  } else {
    const length = bytes[at++];
    route = decoder.decode(bytes.subarray(at, at + length));
    at += length;
  }
  return { type, id, route, body: JSON.parse(decoder.decode(bytes.subarray(at))) };
};

/** What went wrong with a request, in words for people. */
export class RequestError extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** One connection. Emits `ready`, `push` (detail: {route, body}) and `closed` (detail: reason). */
export class Connection extends EventTarget {
  #socket;
  #requests = new Map();
  #routes = new Map();
  #nextId = 1;
  #beat = 0;
  #reason = '';

  constructor(url) {
    super();
    this.#socket = new WebSocket(url);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.addEventListener('open', () => {
      const hello = { sys: { type: 'banter-page', version: '1' }, user: {} };
      this.#socket.send(packet(PACKET.handshake, json(hello)));
    });
    this.#socket.addEventListener('message', ({ data }) => this.#receive(new Uint8Array(data)));
    this.#socket.addEventListener('close', () => this.#ended());
  }

  /** Asks; gives `data` of the answer's envelope. */
  request(route, body = {}) {
    return new Promise((resolve, reject) => {
      if (this.#socket.readyState !== WebSocket.OPEN) {
        reject(new RequestError(503, 'not connected'));
        return;
      }
      const id = this.#nextId++;
      const timer = setTimeout(() => {
        this.#requests.delete(id);
        reject(new RequestError(503, 'the server did not answer'));
      }, REQUEST_TIME);
      this.#requests.set(id, { resolve, reject, timer });
      this.#socket.send(packet(PACKET.data, encodeRequest(id, route, body)));
    });
  }

  close() {
    this.#socket.close();
  }

  #receive(bytes) {
    // Several packets may come in one frame.
    for (let at = 0; at + 4 <= bytes.length; ) {
      const end = at + 4 + bytes[at + 1] * 65_536 + bytes[at + 2] * 256 + bytes[at + 3];
      this.#handle(bytes[at], bytes.subarray(at + 4, end));
      at = end;
    }
  }

  #handle(type, body) {
    if (type === PACKET.handshake) {
      this.#welcomed(JSON.parse(decoder.decode(body)));
    } else if (type === PACKET.data) {
      const message = decodeMessage(body, this.#routes);
      if (message.type === MESSAGE.response) this.#answered(message);
      else this.#emit('push', { route: message.route, body: message.body });
    } else if (type === PACKET.kick) {
      this.#reason = body.length > 0 ? (JSON.parse(decoder.decode(body)).reason ?? '') : '';
    }
  }

  #welcomed({ code, sys }) {
    if (code !== 200) {
      this.#socket.close();
      return;
    }
    this.#routes = new Map(Object.entries(sys.dict ?? {}).map(([route, number]) => [number, route]));
    this.#socket.send(packet(PACKET.ack));
    if (sys.heartbeat > 0) {
      this.#beat = setInterval(() => this.#socket.send(packet(PACKET.heartbeat)), sys.heartbeat * 1000);
    }
    this.#emit('ready');
  }

  #answered({ id, body }) {
    const request = this.#requests.get(id);
    if (!request) return;
    this.#requests.delete(id);
    clearTimeout(request.timer);
    if (body.code === 0) request.resolve(body.data);
    else request.reject(new RequestError(body.code, body.message ?? body.msg ?? 'something went wrong'));
  }

  #ended() {
    clearInterval(this.#beat);
    for (const { reject, timer } of this.#requests.values()) {
      clearTimeout(timer);
      reject(new RequestError(503, 'the connection was lost'));
    }
    this.#requests.clear();
    this.#emit('closed', this.#reason);
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
