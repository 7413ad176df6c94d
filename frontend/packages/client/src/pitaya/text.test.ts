import { describe, expect, it } from 'vitest';

import { fromHex, toHex } from '../testing/hex.js';
import { decodeJson, decodeText, encodeJson } from './text.js';

describe('text', () => {
  it.each([
    ['UTF-8', 'c3a9 e4b896 f09f9881', 'é世😁'],
    ['a surrogate pair of three bytes each', '61 eda0bd edb881 62', 'a😁b'],
    ['two pairs in a row', 'eda0bd edb881 eda0bd edb880', '😁😀'],
    ['a character that begins like a surrogate', 'eda0bd edb881 ed9fbf', '😁\ud7ff'],
  ])('reads %s', (_what, hex, text) => {
    expect(decodeText(fromHex(hex))).toBe(text);
  });

  it('puts a sign where half a pair is', () => {
    expect(decodeText(fromHex('61 eda0bd 62'))).toBe('a\ufffdb');
    expect(decodeText(fromHex('edb881'))).toBe('\ufffd');
    expect(decodeText(fromHex('ed4180'))).toBe('\ufffdA\ufffd');
  });

  it('writes what every reader of JSON reads, half pairs included', () => {
    for (const value of [{ text: '😁 世界' }, { text: 'cut \ud83d off' }]) {
      expect(decodeJson(encodeJson(value))).toEqual(value);
    }
    expect(toHex(encodeJson('\ud83d'))).toBe(toHex(new TextEncoder().encode('"\\ud83d"')));
  });

  it('reads the escapes that the server writes for characters above U+FFFF', () => {
    expect(decodeJson(new TextEncoder().encode('"\\ud83d\\ude01"'))).toBe('😁');
  });
});
