/** Packets: a byte of type, three bytes of length (big-endian), a body. One frame may hold several. */

export const Packet = { handshake: 1, ack: 2, heartbeat: 3, data: 4, kick: 5 } as const;

export type PacketType = (typeof Packet)[keyof typeof Packet];
export type Bytes = Uint8Array<ArrayBuffer>;

export interface DecodedPacket {
  type: number;
  body: Bytes;
}

/** Bytes that are not the protocol's. */
export class WireError extends Error {
  override name = 'WireError';
}

const HEAD = 4;
const LONGEST_BODY = 0xff_ffff;

export function encodePacket(type: PacketType, body: Bytes = new Uint8Array()): Bytes {
  const { length } = body;
  if (length > LONGEST_BODY) throw new WireError(`a packet cannot hold ${length} bytes`);
  const bytes = new Uint8Array(HEAD + length);
  bytes.set([type, length >> 16, (length >> 8) & 255, length & 255]);
  bytes.set(body, HEAD);
  return bytes;
}

/** The packets of a frame. */
export function decodePackets(frame: Bytes): DecodedPacket[] {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const packets: DecodedPacket[] = [];
  for (let at = 0; at < frame.length;) {
    if (at + HEAD > frame.length) throw new WireError('the frame ends inside the head of a packet');
    const head = view.getUint32(at);
    const type = head >>> 24;
    const end = at + HEAD + (head & LONGEST_BODY);
    if (type < Packet.handshake || type > Packet.kick) throw new WireError(`unknown packet type ${type}`);
    if (end > frame.length) throw new WireError('the frame ends inside the body of a packet');
    packets.push({ type, body: frame.subarray(at + HEAD, end) });
    at = end;
  }
  return packets;
}
