// What protects the page must not depend on who serves it.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(resolve(import.meta.dirname, path), 'utf8');
const server = read('../../../crates/http-api/src/middleware/headers.rs');
const embedded = read('../../../crates/http-api/src/site/embedded.rs');
const netlify = read('../../netlify.toml');

/** The value of a key of the TOML file. */
const said = (key: string) => new RegExp(`^${key} = "(.*)"$`, 'm').exec(netlify)?.[1];

it('Netlify sends the policy that the server sends', () => {
  const source = /const CONTENT: &str = "([^"]+)";/.exec(server)?.[1];
  const policy = source?.replace(/\\\n\s*/g, '');
  expect(policy).toContain("default-src 'none'");
  expect(said('Content-Security-Policy')).toBe(policy);
});

it('Netlify sends the other headers that the server sends', () => {
  const added = server.matchAll(/add\(header::([A-Z_]+), HeaderValue::from_static\("([^"]+)"\)\)/g);
  const headers = [...added].map(([, name = '', value]) => [name.replaceAll('_', '-'), value]);
  expect(headers.map(([name]) => name)).toEqual([
    'X-CONTENT-TYPE-OPTIONS',
    'REFERRER-POLICY',
    'X-FRAME-OPTIONS',
  ]);
  const ours = new Map(
    [...netlify.matchAll(/^([\w-]+) = "(.*)"$/gm)].map(([, key = '', value]) => [key.toUpperCase(), value]),
  );
  for (const [name = '', value] of headers) expect(ours.get(name)).toBe(value);
});

it('files with their hash in the name are kept for ever on both', () => {
  expect(said('Cache-Control')).toBe(/const CACHE_FOR_EVER: &str = "([^"]+)"/.exec(embedded)?.[1]);
});
