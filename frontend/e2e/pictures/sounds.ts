// Files that only have to be of their kind and size: nobody hears or reads them in a picture.

const RATE = 8000;

/** Seconds of silence. */
export function quietSound(seconds: number): Buffer {
  const size = seconds * RATE;
  const bytes = Buffer.alloc(44 + size, 128);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + size, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  // PCM, one channel, eight bits.
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE, 24);
  bytes.writeUInt32LE(RATE, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(size, 40);
  return bytes;
}

/** How loud somebody is who speaks in phrases and breathes between them. */
export function voicePeaks(seed: number): number[] {
  let state = seed * 7919;
  const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
  return Array.from({ length: 44 }, (_, index) => {
    const phrase = 0.5 + 0.5 * Math.sin(index / 2.3 + seed);
    return Math.round(14 + 78 * phrase * (0.45 + 0.55 * random()));
  });
}

/** An empty page of a size. */
export function quietPdf(size: number): Buffer {
  const bytes = Buffer.alloc(size, ' ');
  bytes.write('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n');
  bytes.write('\n%%EOF\n', size - 7);
  return bytes;
}
