// Holds every HTTP answer of the tests to the server's own OpenAPI document.

import assert from 'node:assert/strict';

import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const ROOT = 'openapi';

export class SchemaCheck {
  #ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true });
  #operations = [];

  constructor(document) {
    addFormats(this.#ajv);
    this.#ajv.addSchema(withNull(document), ROOT);
    const base = new URL(document.servers?.[0]?.url ?? '/', 'http://any.example').pathname.replace(/\/$/, '');
    for (const [path, item] of Object.entries(document.paths)) {
      const pattern = new RegExp(`^${(base + path).replace(/\{[^}]+\}/g, '[^/]+')}$`);
      for (const [method, operation] of Object.entries(item)) {
        this.#operations.push({ path, method, operation, pattern });
      }
    }
  }

  /** The document of a running server. */
  static async of(url) {
    const answer = await fetch(`${url}/openapi.json`);
    assert.equal(answer.status, 200, 'the server has an OpenAPI document');
    return new SchemaCheck(await answer.json());
  }

  /** Fails when the document does not know that answer, or knows another one. */
  check({ method, path, status, contentType, body }) {
    const asked = `${method} ${path}`;
    const known = this.#operations.find(
      (one) => one.method === method.toLowerCase() && one.pattern.test(path.split('?')[0]),
    );
    assert.ok(known, `${asked} is not documented`);
    const { responses } = known.operation;
    const key = responses[status] ? String(status) : 'default';
    assert.ok(
      responses[key],
      `${asked} answered ${status}, which is not documented: ${JSON.stringify(body)}`,
    );
    const type = contentType.split(';')[0];
    const content = this.#resolve(responses[key]).content;
    assert.ok(
      content?.[type],
      `${asked} answered ${status} as ${type}, documented: ${Object.keys(content ?? {})}`,
    );
    const location = ['paths', known.path, known.method, 'responses', key, 'content', type, 'schema'];
    const $ref = responses[key].$ref
      ? `${ROOT}${responses[key].$ref}/content/${escape(type)}/schema`
      : `${ROOT}#/${location.map(escape).join('/')}`;
    const validate = this.#ajv.compile({ $ref });
    const faults = () => this.#ajv.errorsText(validate.errors, { dataVar: 'answer', separator: '\n  ' });
    assert.ok(
      validate(body),
      `${asked} answered ${status} unlike its schema:\n  ${faults()}\n${JSON.stringify(body)}`,
    );
  }

  #resolve(response) {
    if (!response.$ref) return response;
    return this.#ajv.getSchema(`${ROOT}${response.$ref}`)?.schema ?? response;
  }
}

/** The document with `nullable` of OpenAPI 3.0 in the words of JSON Schema. */
function withNull(value) {
  if (Array.isArray(value)) return value.map(withNull);
  if (value === null || typeof value !== 'object') return value;
  const { nullable, ...rest } = value;
  const same = Object.fromEntries(Object.entries(rest).map(([name, inner]) => [name, withNull(inner)]));
  return nullable === true ? { anyOf: [same, { type: 'null' }] } : same;
}

/** One segment of a JSON pointer inside a URI. */
function escape(segment) {
  return encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'));
}
