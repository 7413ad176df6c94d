import { describe, expect, it } from 'vitest';

import { fromHex, toHex } from '../testing/hex.js';
import { decodePackets, encodePacket, Packet, WireError } from './packet.js';

describe('packets', () => {
  it('have a byte of type and three of length in front', () => {
    expect(toHex(encodePacket(Packet.heartbeat))).toBe('03000000');
    expect(toHex(encodePacket(Packet.handshake, fromHex('7b7d')))).toBe('010000027b7d');
    const long = encodePacket(Packet.data, new Uint8Array(0x01_02_03));
    expect(toHex(long.subarray(0, 4))).toBe('04010203');
  });

  it('come one after the other in a frame', () => {
    const frame = fromHex('03000000 04000003 06016f 05000000');
    const packets = decodePackets(frame).map(({ type, body }) => [type, toHex(body)]);
    expect(packets).toEqual([
      [Packet.heartbeat, ''],
      [Packet.data, '06016f'],
      [Packet.kick, ''],
    ]);
  });

  it.each([
    ['half a head', '030000'],
    ['a length beyond the frame', '04000002 00'],
    ['half a second packet', '03000000 0400'],
    ['type 0', '00000000'],
    ['type 6', '06000000'],
  ])('are refused with %s', (_what, hex) => {
    expect(() => decodePackets(fromHex(hex))).toThrow(WireError);
  });

  it('are refused above what their length can say', () => {
    expect(() => encodePacket(Packet.data, new Uint8Array(0x1_00_00_00))).toThrow(WireError);
  });
});
