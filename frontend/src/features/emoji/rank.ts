import type { EmojiEntry } from './data';

/** Ways to fit what was typed, the best first. */
const RANKS = { exact: 0, start: 1, wordStart: 2, tag: 3, within: 4 };

export interface Ranked {
  entry: EmojiEntry;
  /** What was matched: a short English name, or the name in the reader's language. */
  name: string;
  rank: number;
}

/** Short names have underscores where other names have spaces. */
const plain = (text: string) => text.toLowerCase().replaceAll('_', ' ');

function rankOfName(name: string, typed: string): number | undefined {
  if (name === typed) return RANKS.exact;
  if (name.startsWith(typed)) return RANKS.start;
  if (name.includes(` ${typed}`)) return RANKS.wordStart;
  // One letter is within nearly everything.
  return typed.length > 1 && name.includes(typed) ? RANKS.within : undefined;
}

function ranked(entry: EmojiEntry, typed: string): Ranked | undefined {
  let best: Ranked | undefined;
  for (const name of [...entry.names, entry.label.toLowerCase()]) {
    const rank = rankOfName(plain(name), typed);
    if (rank !== undefined && (!best || rank < best.rank)) best = { entry, name, rank };
  }
  const isTagged = entry.tags.some((tag) => plain(tag).startsWith(typed));
  if (!isTagged || (best && best.rank < RANKS.tag)) return best;
  return { entry, name: entry.names[0] ?? entry.label, rank: RANKS.tag };
}

/** The emoji that fit what was typed, the best first; equally good ones in the order of the table. */
export function emojiFor(table: EmojiEntry[], typed: string): Ranked[] {
  const query = plain(typed.trim());
  if (!query) return [];
  return table.flatMap((entry) => ranked(entry, query) ?? []).sort((a, b) => a.rank - b.rank);
}
