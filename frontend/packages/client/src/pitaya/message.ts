/** Messages: the body of a data packet. A flag, an id (requests, responses), a route (all others), a body. */

import { type Bytes, WireError } from './packet.js';
import { decodeJson, encodeJson } from './text.js';

const MessageType = { request: 0, notify: 1, response: 2, push: 3 } as const;

/** Codes for routes, which both sides know after the handshake. */
export class Dictionary {
  #codes: Map<string, number>;
  #routes: Map<number, string>;

  constructor(codes: Record<string, number> = {}) {
    this.#codes = new Map(Object.entries(codes));
    this.#routes = new Map(Object.entries(codes).map(([route, code]) => [code, route]));
  }

  code(route: string): number | undefined {
    return this.#codes.get(route);
  }

  route(code: number): string | undefined {
    return this.#routes.get(code);
  }
}

export interface Response {
  type: 'response';
  id: number;
  /** An error of the transport; those of the chat stand in the envelope. */
  isError: boolean;
  body: unknown;
}

export interface Push {
  type: 'push';
  route: string;
  body: unknown;
}

const ROUTE_IS_CODE = 0x01;
const BODY_IS_ZIPPED = 0x10;
const IS_ERROR = 0x20;
const LONGEST_ROUTE = 255;

const routeEncoder = new TextEncoder();
const routeDecoder = new TextDecoder();

export function encodeRequest(id: number, route: string, body: unknown, dictionary: Dictionary): Bytes {
  return encode(MessageType.request, encodeId(id), route, body, dictionary);
}

export function encodeNotify(route: string, body: unknown, dictionary: Dictionary): Bytes {
  return encode(MessageType.notify, [], route, body, dictionary);
}

/** What the server says. */
export function decodeMessage(bytes: Bytes, dictionary: Dictionary): Response | Push {
  const reader = new Reader(bytes);
  const flag = reader.byte();
  if (flag & BODY_IS_ZIPPED) throw new WireError('a compressed body, which was not asked for');
  const type = (flag >> 1) & 7;
  if (type === MessageType.response) {
    const id = reader.id();
    return { type: 'response', id, isError: (flag & IS_ERROR) !== 0, body: decodeJson(reader.rest()) };
  }
  if (type !== MessageType.push) throw new WireError(`a server sends no message of type ${type}`);
  const route = flag & ROUTE_IS_CODE ? dictionary.route(reader.code()) : reader.text();
  if (route === undefined) throw new WireError('the code of a route is not in the dictionary');
  return { type: 'push', route, body: decodeJson(reader.rest()) };
}

function encode(type: number, id: number[], route: string, body: unknown, dictionary: Dictionary): Bytes {
  const code = dictionary.code(route);
  const flag = (type << 1) | (code === undefined ? 0 : ROUTE_IS_CODE);
  const place = code === undefined ? encodeRoute(route) : [code >> 8, code & 255];
  const head = [flag, ...id, ...place];
  const json = encodeJson(body);
  const bytes = new Uint8Array(head.length + json.length);
  bytes.set(head);
  bytes.set(json, head.length);
  return bytes;
}

function encodeRoute(route: string): number[] {
  const bytes = routeEncoder.encode(route);
  if (bytes.length > LONGEST_ROUTE) throw new WireError(`a route cannot have ${bytes.length} bytes`);
  return [bytes.length, ...bytes];
}

/** Base 128, low group first; the top bit means that more come. */
function encodeId(id: number): number[] {
  const groups = [];
  for (let rest = id; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...groups, rest];
    groups.push((rest % 128) + 128);
  }
}

class Reader {
  #bytes: Bytes;
  #at = 0;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new WireError('the message ends too early');
    return byte;
  }

  code(): number {
    return this.byte() * 256 + this.byte();
  }

  id(): number {
    let id = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      id += (byte & 127) * factor;
      if (byte < 128) return id;
    }
  }

  text(): string {
    const end = this.byte() + this.#at;
    if (end > this.#bytes.length) throw new WireError('the message ends inside its route');
    const text = routeDecoder.decode(this.#bytes.subarray(this.#at, end));
    this.#at = end;
    return text;
  }

  rest(): Bytes {
    return this.#bytes.subarray(this.#at);
  }
}
