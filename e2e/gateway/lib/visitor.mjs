// Somebody who comes through the gateway, from an address of their own (127.0.0.0/8 is this machine).

import { once } from 'node:events';
import { request as plainRequest } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { request as tlsRequest } from 'node:https';

import { Browser } from '../../clients/lib/browser.mjs';
import { PASSWORD } from '../../clients/lib/person.mjs';
import { within } from '../../clients/lib/wait.mjs';

export class Visitor {
  #gateway;
  #tls;

  constructor(gateway, localAddress = '127.0.0.1') {
    this.#gateway = gateway;
    this.#tls = { ca: gateway.ca, localAddress, servername: 'localhost' };
  }

  /** The answer as `{ status, headers, body, json }`. */
  ask(method, path, { headers = {}, json, body, isPlain = false } = {}) {
    const target = { method, path, host: '127.0.0.1', headers: { ...headers }, agent: false };
    target.headers.host ??= `localhost:${this.#gateway.port}`;
    if (this.token) target.headers.authorization ??= `Bearer ${this.token}`;
    if (json !== undefined) target.headers['content-type'] = 'application/json';
    const bytes = body ?? (json === undefined ? undefined : Buffer.from(JSON.stringify(json)));
    if (bytes) target.headers['content-length'] = bytes.length;
    const asked = isPlain
      ? plainRequest({ ...target, port: this.#gateway.httpPort })
      : tlsRequest({ ...this.#tls, ...target, port: this.#gateway.port });
    return within(answerTo(asked, bytes), `the answer to ${method} ${path}`, 20_000);
  }

  async give(method, path, json) {
    const answer = await this.ask(method, `/api${path}`, { json });
    if (answer.json?.code !== 0) throw new Error(`${method} ${path}: ${answer.status} ${answer.body}`);
    return answer.json.data;
  }

  /** Makes an account and signs in. */
  async register(name) {
    this.name = name;
    this.email = `${name.toLowerCase()}@example.org`;
    await this.give('POST', '/register', { email: this.email, password: PASSWORD, userName: name });
    const { accessToken, user } = await this.give('POST', '/login', {
      email: this.email,
      password: PASSWORD,
    });
    this.token = accessToken;
    this.id = user.id;
    return this;
  }

  say(room, text) {
    const message = { channelId: room.id, contentType: 'TEXT_MESSAGE', textMessage: { text } };
    return this.give('POST', '/room/message', message);
  }

  upload(name, bytes) {
    const form = new FormData();
    form.set('scene', 'message');
    form.set('file', new Blob([bytes]), name);
    return this.sendForm(form);
  }

  async sendForm(form) {
    const packed = new Response(form);
    const body = Buffer.from(await packed.arrayBuffer());
    return this.ask('POST', '/api/upload', {
      body,
      headers: { 'content-type': packed.headers.get('content-type') },
    });
  }

  /** The unmodified pomelo client, signed in on a socket. */
  async connect() {
    const client = new Browser(this.#tls);
    const address = { host: 'localhost', port: this.#gateway.port };
    await client.connect({ ...address, user: { token: this.token } });
    return client;
  }

  /** The status of a request over HTTP/2. */
  async askByHttp2(path) {
    const session = connectHttp2(this.#gateway.url, { ca: this.#gateway.ca });
    try {
      const stream = session.request({ ':path': path });
      const [headers] = await within(once(stream, 'response'), `HTTP/2's answer to ${path}`);
      stream.close();
      return headers[':status'];
    } finally {
      session.destroy();
    }
  }

  /** Options for a connection of another kind. */
  get tls() {
    return this.#tls;
  }
}

function answerTo(asked, bytes) {
  return new Promise((done, failed) => {
    asked.once('error', failed);
    asked.once('response', (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.once('error', failed);
      response.once('end', () => {
        const body = Buffer.concat(parts);
        const isJson = response.headers['content-type']?.startsWith('application/json');
        const json = isJson && !response.headers['content-encoding'] ? JSON.parse(body) : undefined;
        done({ status: response.statusCode, headers: response.headers, body, json });
      });
    });
    asked.end(bytes);
  });
}
