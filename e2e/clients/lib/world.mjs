// The surroundings of a test file: one server, and people and clients that come and go.

import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach } from 'node:test';

import { Api } from './api.mjs';
import { Browser } from './browser.mjs';
import { Person } from './person.mjs';
import { Robot } from './robot.mjs';
import { Server } from './server.mjs';

export const CLIENTS = [Browser, Robot];

/** Surroundings whose server starts before the file's first test and ends after its last. */
export function useWorld(env = {}) {
  const world = new World();
  before(async () => {
    world.server = await Server.start(env);
    world.api = await Api.of(world.server);
  });
  beforeEach(() => world.server?.forgetLog());
  afterEach((test) => {
    world.closeClients();
    if (test.passed === false) console.error(world.server?.log());
  });
  after(() => world.server?.remove());
  return world;
}

class World {
  #clients = [];
  #people = 0;

  /** Somebody new; the name is only the beginning of the user name, so that tests do not meet. */
  person(name) {
    this.#people += 1;
    return Person.register(this.api, `${name}${this.#people}`);
  }

  /** A connected client of the kind; without a token it stays anonymous. */
  async connect(Client, token, address = this.gateway()) {
    const client = new Client();
    this.#clients.push(client);
    await client.connect(token ? { ...address, user: { token } } : address);
    return client;
  }

  /** A connected client of the kind that has signed in on the socket. */
  async signIn(Client, person) {
    const client = await this.connect(Client);
    const answer = await client.request('session.auth', { token: person.token });
    assert.equal(answer.code, 0, `${person.name} signs in with ${client.kind}: ${JSON.stringify(answer)}`);
    return client;
  }

  /** The WebSocket listener, as pages name it. */
  gateway() {
    return { host: '127.0.0.1', port: this.server.wsPort };
  }

  closeClients() {
    for (const client of this.#clients.splice(0)) client.close();
  }
}

/** The data of an answer over the socket that must be a success. */
export function given(answer) {
  assert.equal(answer.code, 0, `the server answered ${JSON.stringify(answer)}`);
  return answer.data;
}
