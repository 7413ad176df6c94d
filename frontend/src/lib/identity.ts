/** One of eight tones for a person or room, the same everywhere and for ever. */
export function toneOf(id: number): number {
  return (Math.imul(id, 2654435761) >>> 29) + 1;
}

const HAN = /\p{Script=Han}/u;

/** One Han character or up to two letters that stand for a name. */
export function initialsOf(name: string): string {
  const han = [...name].find((letter) => HAN.test(letter));
  if (han) return han;
  const words = name
    .trim()
    .split(/[\s._-]+/u)
    .filter(Boolean);
  const first = [...(words[0] ?? '?')];
  const second = words[1] ? [...words[1]][0] : undefined;
  return ((first[0] ?? '?') + (second ?? '')).toUpperCase();
}
