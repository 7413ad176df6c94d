/** A text without the signs of its formatting, and where each of its UTF-16 units stood before. */
export interface Plain {
  text: string;
  from: number[];
}

const FENCE = /```[^\n`]*\n?([\s\S]*?)```/dg;
const SPOILER = /\|\|([\s\S]+?)\|\|/dg;
const IMAGE_OR_LINK = /!?\[([^\]]*)\]\([^)\s]*\)/dg;
const LINE_START = /^[ \t]*(?:>+|[-*+]|\d+\.|#{1,6})[ \t]+/dgm;
const STRONG = /(\*\*|__|~~)(?=\S)([\s\S]*?\S)\1/dg;
const EMPHASIS = /(^|[^\p{L}\p{N}*_])([*_])(?=\S)([^*_]*?[^\s*_])\2(?![\p{L}\p{N}*_])/dgu;
const CODE = /`([^`]+)`/dg;

const COVER = '▒';
const COVERED_MAX = 8;

/** Takes the signs of formatting out of a text. Spoilers stay covered. */
export function plain(text: string): Plain {
  let all: Plain = { text, from: Array.from({ length: text.length }, (_unit, at) => at) };
  all = keep(all, FENCE, 1);
  all = replaced(all, SPOILER, covered);
  all = keep(all, IMAGE_OR_LINK, 1);
  all = keep(all, LINE_START);
  all = keep(all, STRONG, 2);
  all = keep(all, EMPHASIS, 1, 3);
  return keep(all, CODE, 1);
}

/** A message in one line, without the signs of its formatting. Spoilers stay covered. */
export function oneLine(text: string): string {
  return plain(text).text.replace(/\s+/g, ' ').trim();
}

/** Leaves of each match only some of its groups. */
function keep(all: Plain, pattern: RegExp, ...groups: number[]): Plain {
  return replaced(all, pattern, (match, part) =>
    groups.map((group) => part(...(match.indices?.[group] ?? [0, 0]))),
  );
}

/** Covers what a spoiler hides. */
function covered(match: RegExpExecArray, part: Part): Plain[] {
  const { text, from } = part(...(match.indices?.[1] ?? [0, 0]));
  const length = Math.min(text.length, COVERED_MAX);
  return [{ text: COVER.repeat(length), from: from.slice(0, length) }];
}

type Part = (start: number, end: number) => Plain;

function replaced(all: Plain, pattern: RegExp, by: (match: RegExpExecArray, part: Part) => Plain[]): Plain {
  const part: Part = (start, end) => ({ text: all.text.slice(start, end), from: all.from.slice(start, end) });
  const parts: Plain[] = [];
  let at = 0;
  for (const match of all.text.matchAll(pattern)) {
    parts.push(part(at, match.index), ...by(match, part));
    at = match.index + match[0].length;
  }
  if (at === 0) return all;
  parts.push(part(at, all.text.length));
  return { text: parts.map(({ text }) => text).join(''), from: parts.flatMap(({ from }) => from) };
}
