// What somebody typed into the search, taken apart and put together again.
import type { Language } from '@/lib/device';
import { FILTERS, type FilterName, meaningOf } from './vocabulary';

/** A filter in the text, such as `from:"Mei Lin"`. */
export interface Token {
  name: FilterName;
  /** Without quotes; empty while only the name stands there. */
  value: string;
  /** Where it stands in the text. */
  start: number;
  end: number;
}

export interface ParsedQuery {
  /** What to find: all that is no filter. */
  words: string;
  tokens: Token[];
}

const NAMES = Object.values(FILTERS).flatMap((words) => Object.values(words));
const TOKEN = new RegExp(`(?<=^|\\s)(${NAMES.join('|')})[:：](?:["“]([^"”]*)["”]?|(\\S*))`, 'giu');

/** Takes a text apart. A filter without a value counts for nothing yet. */
export function parseQuery(text: string): ParsedQuery {
  const tokens: Token[] = [];
  const words = text.replace(
    TOKEN,
    (all, word: string, quoted?: string, plain?: string, start: number = 0) => {
      const name = meaningOf(FILTERS, word);
      if (name) tokens.push({ name, value: (quoted ?? plain ?? '').trim(), start, end: start + all.length });
      return ' ';
    },
  );
  return { words: words.replace(/\s+/g, ' ').trim(), tokens };
}

/** A filter as it is written into the field. */
export function writeToken(name: FilterName, value: string, language: Language): string {
  const isQuoted = /\s/.test(value);
  return `${FILTERS[name][language]}:${isQuoted ? `"${value}"` : value}`;
}

/** What may be completed where the caret stands. */
export interface Completable {
  /** The value of this filter, or with null the name of one. */
  name: FilterName | null;
  typed: string;
  start: number;
  end: number;
}

/** From so many letters on a word may be meant as the name of a filter. */
const NAME_LETTERS = 2;

export function completableAt(text: string, caret: number): Completable | null {
  const token = parseQuery(text).tokens.find(({ start, end }) => start < caret && caret <= end);
  if (token) {
    const { name, value, start, end } = token;
    const isInValue = /[:：]/.test(text.slice(start, caret));
    const isClosed = /["”]$/.test(text.slice(start, end)) && caret === end && value !== '';
    return isInValue && !isClosed ? { name, typed: value, start, end } : null;
  }
  const word = /\S+$/u.exec(text.slice(0, caret))?.[0] ?? '';
  const isEnd = !/^\S/u.test(text.slice(caret));
  if (!isEnd || (word.length < NAME_LETTERS && !/\p{Script=Han}/u.test(word))) return null;
  return { name: null, typed: word.toLowerCase(), start: caret - word.length, end: caret };
}

/** Puts something in place of what was to be completed, and a space behind it where none is. */
export function complete(
  text: string,
  { start, end }: Pick<Completable, 'start' | 'end'>,
  written: string,
): { text: string; caret: number } {
  const gap = written.endsWith(':') ? '' : ' ';
  const rest = text.slice(end).replace(/^\s+/u, '');
  return { text: text.slice(0, start) + written + gap + rest, caret: start + written.length + gap.length };
}

/** Adds a filter at the end. */
export function appendToken(text: string, written: string): string {
  const before = text.trimEnd();
  return `${before}${before ? ' ' : ''}${written}${written.endsWith(':') ? '' : ' '}`;
}

/** Takes filters out. */
export function withoutTokens(text: string, unwanted: (token: Token) => boolean): string {
  let rest = text;
  for (const token of parseQuery(text).tokens.reverse()) {
    if (unwanted(token)) rest = rest.slice(0, token.start) + rest.slice(token.end);
  }
  return rest.replace(/\s+/g, ' ').trimStart();
}
