import { expect, it } from 'vitest';

import { emojiTable } from '../../../scripts/emoji-data.mjs';
import { foundData, pickerData, rowTops, sectionAt, sectionsOf } from './sections';

const table = emojiTable('en');

it('offers no emoji that fonts may not have yet, and none twice', () => {
  expect(table.every(({ version }) => version <= 15.1)).toBe(true);
  expect(new Set(table.map(({ emoji }) => emoji)).size).toBe(table.length);
});

it('knows the same emoji in both languages', () => {
  expect(emojiTable('zh').map(({ emoji }) => emoji)).toEqual(table.map(({ emoji }) => emoji));
});

it('writes thumbs up as keyboards do, with its five tones', () => {
  const thumb = table.find(({ names }) => names.includes('thumbsup'));
  expect(thumb?.emoji).toBe('👍');
  expect(Object.values(thumb?.skins ?? {})).toEqual(['👍🏻', '👍🏼', '👍🏽', '👍🏾', '👍🏿']);
});

it('puts recent ones first, and finds others by their short names', () => {
  const data = pickerData(table, ['🎉', '❤️'], 'en', (id) => id);
  expect(data.emojis.slice(0, 2).map(({ emoji, category }) => [emoji, category])).toEqual([
    ['🎉', -1],
    ['❤️', -1],
  ]);
  expect(data.emojis.find(({ emoji, category }) => emoji === '👍' && category === 1)?.tags).toContain('+1');
});

it('leaves out parts without emoji, and knows where the others begin', () => {
  const of = (category: number, count: number) => Array.from({ length: count }, () => ({ category }));
  const sections = sectionsOf({ emojis: [...of(0, 10), ...of(4, 1)] as never });
  expect(sections).toEqual([
    { id: 'smileys', top: 0 },
    { id: 'food', top: 28 + 2 * 36 },
  ]);
  expect(sectionAt(sections, 0)).toBe('smileys');
  expect(sectionAt(sections, 98)).toBe('smileys');
  expect(sectionAt(sections, 100)).toBe('food');
});

it('knows the row of every emoji, and no two by one label', () => {
  const data = pickerData(table, ['🎉'], 'en', (id) => id);
  const tops = rowTops(data);
  expect(tops.size).toBe(data.emojis.length);
  expect(tops.get('🎉')).toBe(28);
  expect(tops.get('grinning face')).toBe(28 + 36 + 28);
});

it('gives all that was found the same score in the list, so that the best stays first', () => {
  const { emojis } = foundData(table, 'rocket', 'en', 'Results');
  const scores = emojis.map(
    ({ label, tags }) =>
      (label.toLowerCase().includes('rocket') ? 10 : 0) + tags.filter((tag) => tag.includes('rocket')).length,
  );
  expect(emojis[0]?.emoji).toBe('🚀');
  expect(emojis.length).toBeGreaterThan(1);
  expect(new Set(scores).size).toBe(1);
});
