/** A piece of a found text. */
export interface Piece {
  text: string;
  isHit: boolean;
}

/** Where a search stands in a text, in Unicode code points. */
export interface Span {
  start: number;
  end: number;
}

/** So many code points are shown before the first hit, and in all. */
const BEFORE = 48;
const LENGTH = 180;

/** The part of a text around its first hit, with a line before and behind, cut into pieces. */
export function excerptOf(text: string, spans: Span[]): Piece[] {
  const points = [...text];
  const first = spans[0] ?? { start: 0, end: 0 };
  const from = beginOf(points, first.start);
  const to = Math.min(endOf(points, first.end), Math.max(from + LENGTH, first.end));
  const pieces: Piece[] = [];
  const push = (start: number, end: number, isHit: boolean) => {
    if (start < end) pieces.push({ text: points.slice(start, end).join(''), isHit });
  };
  let at = from;
  for (const { start, end } of spans) {
    if (start >= to) break;
    push(at, start, false);
    push(start, Math.min(end, to), true);
    at = end;
  }
  push(at, to, false);
  if (from > 0) pieces.unshift({ text: '…', isHit: false });
  if (to < points.length) pieces.push({ text: points[to] === '\n' ? '\u00a0…' : '…', isHit: false });
  return joined(pieces);
}

/** The beginning of the line before the hit's, unless that is far away. */
function beginOf(points: string[], hit: number): number {
  const begin = lineStart(points, lineStart(points, hit) - 1);
  if (hit - begin <= BEFORE) return begin;
  // Not in the middle of a word, where there is a better place.
  const cut = hit - BEFORE;
  const space = points.slice(cut, hit).findIndex((point) => /\s/u.test(point));
  return space < 0 ? cut : cut + space + 1;
}

/** Where the line of a place begins; the first one for places before it. */
function lineStart(points: string[], at: number): number {
  let start = Math.max(0, at);
  while (start > 0 && points[start - 1] !== '\n') start -= 1;
  return start;
}

/** The end of the line behind the hit's. */
function endOf(points: string[], hit: number): number {
  const line = points.indexOf('\n', hit);
  if (line < 0) return points.length;
  const next = points.indexOf('\n', line + 1);
  return next < 0 ? points.length : next;
}

function joined(pieces: Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last && !last.isHit && !piece.isHit) last.text += piece.text;
    else result.push({ ...piece });
  }
  return result;
}

/** Without case and accents, one code point for each of the text. */
function folded(text: string): string[] {
  return [...text].map((point) => [...point.normalize('NFKD').toLowerCase()][0] ?? point);
}

/** Where words stand in a text, for texts whose hits the server does not tell. */
export function spansOf(text: string, words: string): Span[] {
  const [points, wanted] = [folded(text), folded(words)];
  if (wanted.length === 0) return [];
  const start = points.findIndex((_point, at) =>
    wanted.every((point, index) => points[at + index] === point),
  );
  return start < 0 ? [] : [{ start, end: start + wanted.length }];
}
