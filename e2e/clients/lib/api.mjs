// A user of the HTTP API: fetch and nothing else. Every answer is held to the contract's conventions and to
// the OpenAPI document on its way through.

import assert from 'node:assert/strict';

import { SchemaCheck } from '../schema-check.mjs';

const TIMEOUT_MS = 10_000;

export class Api {
  #url;
  #schema;

  constructor(url, schema) {
    this.#url = url;
    this.#schema = schema;
  }

  static async of(server) {
    return new Api(server.url, await SchemaCheck.of(server.url));
  }

  /** The answer as `{ status, code, message, data, headers }`, whatever it says. */
  async ask(method, path, { token, json, form, headers = {}, isDocumented = true } = {}) {
    const init = { method, headers: { ...headers }, signal: AbortSignal.timeout(TIMEOUT_MS) };
    if (token) init.headers.authorization = `Bearer ${token}`;
    if (json !== undefined) {
      init.headers['content-type'] = 'application/json';
      init.body = JSON.stringify(json);
    }
    if (form) init.body = form;
    const answer = await fetch(`${this.#url}/api${path}`, init);
    const contentType = answer.headers.get('content-type') ?? '';
    const text = await answer.text();
    const asked = `${method} /api${path} (${answer.status})`;
    assert.match(contentType, /^application\/json\b/, `${asked} answers JSON, not ${text.slice(0, 200)}`);
    const body = JSON.parse(text);
    assert.deepEqual(Object.keys(body).sort(), ['code', 'data', 'message'], `${asked} answers the envelope`);
    assert.equal(answer.ok, body.code === 0, `${asked}: status and code ${body.code} agree`);
    assert.ok(answer.headers.get('x-request-id'), `${asked} names its request id`);
    if (isDocumented) {
      const { status } = answer;
      this.#schema.check({ method, path: `/api${path}`, status, contentType, body });
    }
    return { status: answer.status, headers: answer.headers, ...body };
  }

  /** The data of an answer that must be a success. */
  async give(method, path, options) {
    const { status, code, message, data } = await this.ask(method, path, options);
    assert.equal(code, 0, `${method} /api${path} answered ${status}, code ${code}: ${message}`);
    return data;
  }
}
