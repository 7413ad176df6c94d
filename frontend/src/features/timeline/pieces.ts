export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'mention'; text: string; id: number }
  | { kind: 'link'; text: string; href: string };

interface Named {
  id: number;
  name: string;
}

const LINK =
  /\bhttps?:\/\/[^\s<>"'，。；！？、（）【】《》]+|\bwww\.[^\s<>"'，。；！？、（）【】《》]+\.[^\s<>"'，。；！？、（）【】《》]+/giu;

/** Signs at the end of an address that end a sentence instead. */
const TAIL = /[.,;:!?)\]}'"*_~]+$/;

/** Finds the mentions of people who are named by the message, and web addresses. */
export function splitText(text: string, names: readonly Named[]): Piece[] {
  return splitMentions(text, names).flatMap((piece) =>
    piece.kind === 'text' ? splitLinks(piece.text) : [piece],
  );
}

export function splitMentions(text: string, names: readonly Named[]): Piece[] {
  if (names.length === 0) return [{ kind: 'text', text }];
  // The longest name first: "@Ann Lee" is not "@Ann" and a word.
  const sorted = [...names].sort((a, b) => b.name.length - a.name.length);
  const pattern = new RegExp(`@(${sorted.map(({ name }) => escape(name)).join('|')})`, 'giu');
  return cut(text, pattern, (found) => {
    const name = found.slice(1).toLowerCase();
    const id = sorted.find((one) => one.name.toLowerCase() === name)?.id;
    return id === undefined ? { kind: 'text', text: found } : { kind: 'mention', text: found, id };
  });
}

function splitLinks(text: string): Piece[] {
  return cut(text, LINK, (found) => {
    const isBalanced = found.endsWith(')') && found.includes('(');
    const tail = isBalanced ? '' : (TAIL.exec(found)?.[0] ?? '');
    const address = found.slice(0, found.length - tail.length);
    const href = address.startsWith('http') || address.startsWith('HTTP') ? address : `https://${address}`;
    return { kind: 'link', text: address, href, tail };
  });
}

function cut(text: string, pattern: RegExp, piece: (found: string) => Piece & { tail?: string }): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const { tail = '', ...one } = piece(match[0]);
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) });
    pieces.push(one);
    from = match.index + match[0].length - tail.length;
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
