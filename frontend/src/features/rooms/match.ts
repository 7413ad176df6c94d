// Finding names by what people type of them.

/** Answers whether a name in Chinese is spelled so in Latin letters. */
export type Spelling = (name: string, query: string) => boolean;

export interface MatchOptions {
  spelling?: Spelling;
  /** Forgives one wrong, missing, extra or swapped letter. */
  forgives?: boolean;
}

/** How well a name fits, from `NONE` on upwards. */
export const FIT = {
  NONE: 0,
  TYPO: 1,
  SPELLING: 2,
  PART: 3,
  INITIALS: 4,
  WORD: 5,
  START: 6,
  WHOLE: 7,
} as const;
export type Fit = (typeof FIT)[keyof typeof FIT];

/** Of shorter words a typo makes any other. */
const FORGIVEN_FROM = 3;
/** Splitting longer ones into syllables takes long, and no name is longer. */
const SPELLED_TO = 24;

const HAN = /\p{Script=Han}/u;
const LATIN = /^[a-zü' ]+$/;
const BETWEEN_WORDS = /[^\p{L}\p{N}]+/u;

export function hasHan(text: string): boolean {
  return HAN.test(text);
}

/** True for what may be Chinese in Latin letters. */
export function isSpelled(query: string): boolean {
  return query.length <= SPELLED_TO && LATIN.test(plain(query));
}

interface Name {
  text: string;
  words: string[];
  initials: string;
}

const known = new Map<string, Name>();
const KNOWN_MAX = 5000;

/** Without case and accents. */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

function take(name: string): Name {
  const found = known.get(name);
  if (found) return found;
  const text = plain(name);
  const words = text.split(BETWEEN_WORDS).filter(Boolean);
  const taken = { text, words, initials: words.map((word) => [...word][0]).join('') };
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(name, taken);
  return taken;
}

/** How well a name fits what somebody typed. An empty query fits nothing. */
export function fitOf(name: string, query: string, { spelling, forgives }: MatchOptions = {}): Fit {
  const wanted = plain(query);
  if (!wanted) return FIT.NONE;
  const { text, words, initials } = take(name);
  if (text === wanted) return FIT.WHOLE;
  if (text.startsWith(wanted)) return FIT.START;
  if (words.some((word) => word.startsWith(wanted)) || beginsWords(words, wanted)) return FIT.WORD;
  if (wanted.length > 1 && initials.startsWith(wanted)) return FIT.INITIALS;
  if (text.includes(wanted)) return FIT.PART;
  if (spelling && isSpelled(wanted) && hasHan(name) && spelling(name, wanted)) return FIT.SPELLING;
  if (forgives && wanted.length >= FORGIVEN_FROM && [text, ...words].some((word) => isNearly(word, wanted))) {
    return FIT.TYPO;
  }
  return FIT.NONE;
}

/** "au of" for "Autumn offsite": the parts of the query begin words of the name, in order. */
function beginsWords(words: string[], query: string): boolean {
  let at = 0;
  return query.split(BETWEEN_WORDS).every((part) => {
    const found = words.findIndex((word, index) => index >= at && word.startsWith(part));
    at = found + 1;
    return found >= 0;
  });
}

/** True when one edit makes the query the beginning of the text. */
function isNearly(text: string, query: string): boolean {
  let at = 0;
  while (at < query.length && query[at] === text[at]) at += 1;
  const rest = (from: number, textFrom: number) => text.startsWith(query.slice(from), textFrom);
  const isSwapped = query[at] === text[at + 1] && query[at + 1] === text[at] && rest(at + 2, at + 2);
  return isSwapped || rest(at + 1, at + 1) || rest(at + 1, at) || rest(at, at + 1);
}
