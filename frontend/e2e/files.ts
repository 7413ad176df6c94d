// Small files of several kinds, made from nothing.
import { crc32, deflateSync } from 'node:zlib';

type Colour = [red: number, green: number, blue: number];

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** A PNG of one colour. */
export function picture(width: number, height: number, colour: Colour = [40, 120, 200]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits for each of three colours.
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from(colour))]);
  const rows = Buffer.concat(Array.from({ length: height }, () => row));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A GIF that changes from one colour to another for ever, 8 by 8. */
export function animation(): Buffer {
  const side = 8;
  const header = Buffer.from('GIF89a\x08\x00\x08\x00\x80\x00\x00\xff\x30\x30\x30\x30\xff', 'latin1');
  const loop = Buffer.from('!\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00', 'latin1');
  const frame = (colour: number) => {
    const control = Buffer.from('!\xf9\x04\x04\x14\x00\x00\x00', 'latin1');
    const place = Buffer.from(',\x00\x00\x00\x00\x08\x00\x08\x00\x00\x02', 'latin1');
    // Codes of three bits; a clear code before each pixel keeps them so.
    const codes = [...Array.from({ length: side * side }, () => [4, colour]).flat(), 5];
    const bytes = Buffer.alloc(Math.ceil((codes.length * 3) / 8));
    codes.forEach((code, index) => {
      for (let bit = 0; bit < 3; bit += 1) {
        const at = index * 3 + bit;
        if (code & (1 << bit)) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (1 << (at & 7));
      }
    });
    return Buffer.concat([control, place, Buffer.from([bytes.length]), bytes, Buffer.from([0])]);
  };
  return Buffer.concat([header, loop, frame(0), frame(1), Buffer.from(';')]);
}
