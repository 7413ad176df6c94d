/** JSON as bytes. */

import type { Bytes } from './packet.js';

const encoder = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true });
const lenient = new TextDecoder('utf-8');

export const encodeJson = (value: unknown): Bytes => encoder.encode(JSON.stringify(value));

export const decodeJson = (bytes: Bytes): unknown => JSON.parse(decodeText(bytes));

/**
 * UTF-8, where a character above U+FFFF may also be written as a surrogate pair of three bytes each: that is how the
 * browser clients of the pomelo family write, and a relaying server may pass it on.
 */
export function decodeText(bytes: Bytes): string {
  try {
    return strict.decode(bytes);
  } catch {
    return decodeWithSurrogates(bytes);
  }
}

function decodeWithSurrogates(bytes: Bytes): string {
  let text = '';
  let start = 0;
  for (let at = 0; at + 2 < bytes.length; at++) {
    // A surrogate begins with ed; so do the 2048 characters before them, which are read the same way.
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    if (first !== 0xed || second >> 6 !== 2 || third >> 6 !== 2) continue;
    text += lenient.decode(bytes.subarray(start, at));
    text += String.fromCharCode(0xd000 | ((second & 63) << 6) | (third & 63));
    at += 2;
    start = at + 1;
  }
  return (text + lenient.decode(bytes.subarray(start))).replace(/\p{Surrogate}/gu, '\ufffd');
}
