import { describe, expect, it } from 'vitest';

import { emojiTable } from '../../../scripts/emoji-data.mjs';
import { emojiFor } from './rank';

const table = emojiTable('en');
const found = (typed: string) => emojiFor(table, typed).map(({ entry }) => entry.emoji);

describe('search', () => {
  it.each([
    ['rocket', '🚀'],
    ['heart', '❤️'],
    ['Party Popper', '🎉'],
    ['party_popper', '🎉'],
    [' cat ', '🐈'],
    ['thumbsup', '👍'],
  ])('finds for %j first %s', (typed, emoji) => expect(found(typed)[0]).toBe(emoji));

  it('goes from names to later words, to what belongs to it, to what is somewhere within', () => {
    const entry = (emoji: string, label: string, tags: string[] = []) => ({
      emoji,
      label,
      category: 0,
      version: 1,
      names: [],
      tags,
    });
    const few = [
      entry('5', 'education'),
      entry('4', 'lion', ['cats']),
      entry('3', 'black cat'),
      entry('2', 'caterpillar'),
      entry('1', 'cat'),
      entry('-', 'dog', ['educated']),
    ];
    expect(emojiFor(few, 'cat').map((ranked) => ranked.entry.emoji)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('finds the astronaut too, behind the rocket', () => expect(found('rocket')).toContain('🧑‍🚀'));

  it('finds nothing for nothing', () => expect(found('  ')).toEqual([]));

  it('knows names of the language and English ones', () => {
    const chinese = emojiTable('zh');
    expect(emojiFor(chinese, '火箭')[0]?.entry.emoji).toBe('🚀');
    expect(emojiFor(chinese, 'rocket')[0]?.entry.emoji).toBe('🚀');
  });
});
