import { describe, expect, it } from 'vitest';

import { fromHex, toHex } from '../testing/hex.js';
import { decodeMessage, Dictionary, encodeNotify, encodeRequest } from './message.js';
import { WireError } from './packet.js';

const none = new Dictionary();
const dictionary = new Dictionary({ 'room.join': 1, 'room.message': 258, onMessage: 3 });
const text = (value: string) => toHex(new TextEncoder().encode(value));

describe('messages to the server', () => {
  it('carry their route as text where the dictionary has no code', () => {
    expect(toHex(encodeRequest(1, 'room.join', {}, none))).toBe(
      `0001 09${text('room.join')}7b7d`.replaceAll(' ', ''),
    );
    expect(toHex(encodeNotify('room.say', {}, none))).toBe(
      `02 08${text('room.say')}7b7d`.replaceAll(' ', ''),
    );
  });

  it('carry the code where there is one', () => {
    expect(toHex(encodeRequest(2, 'room.join', {}, dictionary))).toBe('010200017b7d');
    expect(toHex(encodeNotify('room.message', {}, dictionary))).toBe('0301027b7d');
  });

  it.each([
    [127, '7f'],
    [128, '8001'],
    [16_383, 'ff7f'],
    [16_384, '808001'],
    [2 ** 31, '8080808008'],
    [Number.MAX_SAFE_INTEGER, 'ffffffffffffff0f'],
  ])('write the id %d in groups of seven bits', (id, hex) => {
    const bytes = encodeRequest(id, 'a.b', {}, none);
    expect(toHex(bytes)).toBe(`00${hex}03${text('a.b')}7b7d`);
  });

  it('are refused with a route that is too long', () => {
    expect(() => encodeNotify('r'.repeat(256), {}, none)).toThrow(WireError);
  });
});

describe('messages from the server', () => {
  const read = (hex: string) => decodeMessage(fromHex(hex), dictionary);

  it('are responses, by their id', () => {
    expect(read(`04 8001 ${text('{"code":0}')}`)).toEqual({
      type: 'response',
      id: 128,
      isError: false,
      body: { code: 0 },
    });
    expect(read(`24 05 ${text('{"code":"PIT-404"}')}`)).toMatchObject({ id: 5, isError: true });
  });

  it('are pushes, by text or code', () => {
    const push = { type: 'push', route: 'onMessage', body: [1] };
    expect(read(`06 09${text('onMessage')} ${text('[1]')}`)).toEqual(push);
    expect(read(`07 0003 ${text('[1]')}`)).toEqual(push);
  });

  it('may have the bits that nobody uses', () => {
    expect(read(`c4 01 ${text('{}')}`)).toMatchObject({ type: 'response', id: 1 });
  });

  it.each([
    ['nothing', ''],
    ['no id', '04'],
    ['an id that does not end', '048080'],
    ['a route beyond the end', '0609616263'],
    ['an unknown code', '0700097b7d'],
    ['half a code', '0700'],
    ['a request', '00010161'],
    ['a compressed body', '1401789c'],
    ['an unknown type', '0801'],
  ])('are refused with %s', (_what, hex) => {
    expect(() => read(hex)).toThrow(WireError);
  });

  it('are refused without a body', () => {
    expect(() => read('0401')).toThrow(SyntaxError);
  });
});
