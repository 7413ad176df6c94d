import type { Language } from '@/lib/device';

/** What is known of an emoji. `scripts/emoji-data.mjs` makes the tables. */
export interface EmojiEntry {
  emoji: string;
  /** Its name in the reader's language. */
  label: string;
  /** Number of its group in the standard. */
  category: number;
  /** The version of the standard that brought it. */
  version: number;
  /** Short English names, as they are typed between colons. */
  names: string[];
  tags: string[];
  countryFlag?: true;
  /** The same in each skin tone. */
  skins?: Record<Tone, string>;
}

export const TONES = ['light', 'medium-light', 'medium', 'medium-dark', 'dark'] as const;

export type Tone = (typeof TONES)[number];

const tables = new Map<Language, Promise<EmojiEntry[]>>();

/** The table of a language: loaded once, and again after a failure. */
export function loadEmoji(language: Language): Promise<EmojiEntry[]> {
  let table = tables.get(language);
  if (!table) {
    table = fetchTable(language);
    tables.set(language, table);
    table.catch(() => tables.delete(language));
  }
  return table;
}

async function fetchTable(language: Language): Promise<EmojiEntry[]> {
  const answer = await fetch(`/emoji/${language}.json`);
  if (!answer.ok) throw new Error(`/emoji/${language}.json answered ${answer.status}`);
  return (await answer.json()) as EmojiEntry[];
}
