// Screenshots are flat colours for the most part. Filters of lines, which browsers write, make those larger.
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = 8;
/** Bytes of a pixel: screenshots have eight bits of red, green and blue. */
const PIXEL = 3;

/** The same picture, without filters where that is smaller. */
export function shrunk(png: Buffer): Buffer {
  const parts = chunksOf(png);
  const header = parts.find(({ type }) => type === 'IHDR')?.data;
  if (!header || header[8] !== 8 || header[9] !== 2) return png;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const data = Buffer.concat(parts.filter(({ type }) => type === 'IDAT').map((part) => part.data));
  const lines = unfiltered(inflateSync(data), width * PIXEL, height);
  const smaller = Buffer.concat([
    png.subarray(0, SIGNATURE),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return smaller.length < png.length ? smaller : png;
}

function chunksOf(png: Buffer): { type: string; data: Buffer }[] {
  const found = [];
  for (let at = SIGNATURE; at < png.length;) {
    const length = png.readUInt32BE(at);
    found.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return found;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}

/** Undoes the filter of each line, and says so at its beginning. */
function unfiltered(filtered: Buffer, size: number, height: number): Buffer {
  const lines = Buffer.alloc(filtered.length);
  const byte = (line: number, index: number) =>
    line < 0 || index < 0 ? 0 : (lines[line * (size + 1) + 1 + index] ?? 0);
  for (let line = 0; line < height; line += 1) {
    const start = line * (size + 1);
    for (let index = 0; index < size; index += 1) {
      const left = byte(line, index - PIXEL);
      const above = byte(line - 1, index);
      const corner = byte(line - 1, index - PIXEL);
      const guess =
        [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filtered[start] ?? 0] ?? 0;
      lines[start + 1 + index] = (filtered[start + 1 + index] ?? 0) + guess;
    }
  }
  return lines;
}

/** The neighbour that is nearest to what a slope would give. */
function paeth(left: number, above: number, corner: number): number {
  const slope = left + above - corner;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((near) => Math.abs(slope - near)) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
