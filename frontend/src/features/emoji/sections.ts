import type { EmojiData } from 'frimousse';

import type { Language } from '@/lib/device';
import { type EmojiEntry, TONES } from './data';
import { emojiFor } from './rank';

/** The parts of the picker in their order, with the number of their group in the standard. */
const CATEGORIES = [
  { id: 'recent', index: -1 },
  { id: 'smileys', index: 0 },
  { id: 'people', index: 1 },
  { id: 'nature', index: 3 },
  { id: 'food', index: 4 },
  { id: 'travel', index: 5 },
  { id: 'activities', index: 6 },
  { id: 'objects', index: 7 },
  { id: 'symbols', index: 8 },
  { id: 'flags', index: 9 },
] as const;

export type CategoryId = (typeof CATEGORIES)[number]['id'];

export const COLUMNS = 9;
/** Pixels. */
export const ROW = 36;
export const HEADER = 28;

const SKIN_TONES = Object.fromEntries(TONES.map((tone) => [tone, tone])) as EmojiData['skinTones'];

/** The table as the picker wants it, with the recently used ones in front. */
export function pickerData(
  entries: EmojiEntry[],
  recent: string[],
  language: Language,
  labelOf: (id: CategoryId) => string,
): EmojiData {
  return {
    locale: language,
    emojis: [
      // Named by themselves: a search does not find them twice.
      ...recent.map((emoji) => ({ emoji, label: emoji, category: -1, version: 0, tags: [] })),
      ...entries.map(({ names, tags, ...entry }) => ({ ...entry, tags: [...tags, ...names] })),
    ],
    categories: CATEGORIES.map(({ id, index }) => ({ index, label: labelOf(id) })),
    skinTones: SKIN_TONES,
  };
}

/** What the list counts for a name that holds what is searched for; a tag counts one. */
const NAME_SCORE = 10;

/** What fits a search, the best first, in one part. */
export function foundData(
  entries: EmojiEntry[],
  query: string,
  language: Language,
  label: string,
): EmojiData {
  const isNamed = (name: string) => name.toLowerCase().includes(query);
  return {
    locale: language,
    emojis: emojiFor(entries, query).map(({ entry: { names: _names, ...entry } }) => ({
      ...entry,
      category: 0,
      // The list sorts by a score of its own: with the same for all, they stay in this order.
      tags: isNamed(entry.label) ? [] : Array<string>(NAME_SCORE).fill(query),
    })),
    categories: [{ index: 0, label }],
    skinTones: SKIN_TONES,
  };
}

export interface Section {
  id: CategoryId;
  /** Where it begins, in pixels from the top. */
  top: number;
}

/** Where each part begins that has something in it. */
export function sectionsOf({ emojis }: Pick<EmojiData, 'emojis'>): Section[] {
  const sections: Section[] = [];
  let top = 0;
  for (const { id, index } of CATEGORIES) {
    const count = emojis.filter(({ category }) => category === index).length;
    if (count === 0) continue;
    sections.push({ id, top });
    top += HEADER + Math.ceil(count / COLUMNS) * ROW;
  }
  return sections;
}

/** Where the row of each emoji begins, by the label that the list knows it by. */
export function rowTops({ emojis }: Pick<EmojiData, 'emojis'>): Map<string, number> {
  const tops = new Map<string, number>();
  for (const { id, top } of sectionsOf({ emojis })) {
    const index = CATEGORIES.find((category) => category.id === id)?.index;
    const own = emojis.filter(({ category }) => category === index);
    own.forEach(({ label }, place) => tops.set(label, top + HEADER + Math.floor(place / COLUMNS) * ROW));
  }
  return tops;
}

/** The part at a place of the scrolled list. */
export function sectionAt(sections: Section[], scrollTop: number): CategoryId | undefined {
  return sections.findLast(({ top }) => top <= scrollTop + 1)?.id;
}
