import { expect, test } from 'vitest';

import { FIT, fitOf, isSpelled } from './match';

test.each([
  ['Autumn offsite', 'autumn offsite', FIT.WHOLE],
  ['Autumn offsite', 'Autumn o', FIT.START],
  ['Autumn offsite', 'off', FIT.WORD],
  ['Autumn offsite', 'au of', FIT.WORD],
  ['Autumn offsite', 'ao', FIT.INITIALS],
  ['Autumn offsite', 'site', FIT.PART],
  ['Autumn offsite', 'of au', FIT.NONE],
  ['Autumn offsite', 'winter', FIT.NONE],
  ['Autumn offsite', '  ', FIT.NONE],
  ['Tomás Oliveira', 'tomas', FIT.START],
  ['Tomas Oliveira', 'TOMÁS', FIT.START],
  ['秋季团建', '团建', FIT.PART],
  ['秋季团建', '秋', FIT.START],
] as const)('%s, typed %s', (name, query, fit) => expect(fitOf(name, query)).toBe(fit));

test.each([
  ['wrong', 'kotchen'],
  ['missing', 'kichen'],
  ['extra', 'kittchen'],
  ['swapped', 'kitchne'],
  ['wrong in a later word', 'tadle'],
])('forgives one %s letter', (_kind, query) => {
  expect(fitOf('Kitchen table', query, { forgives: true })).toBe(FIT.TYPO);
  expect(fitOf('Kitchen table', query)).toBe(FIT.NONE);
});

test('forgives no more than that, and nothing in words that are too short for it', () => {
  expect(fitOf('Kitchen table', 'kotchne', { forgives: true })).toBe(FIT.NONE);
  expect(fitOf('Bob', 'bx', { forgives: true })).toBe(FIT.NONE);
});

test('asks for the spelling of Chinese names only', () => {
  const spelling = (name: string, query: string) => name === '秋季团建' && query === 'qiuji';
  expect(fitOf('秋季团建', 'QiuJi', { spelling })).toBe(FIT.SPELLING);
  expect(fitOf('秋季团建', 'dongji', { spelling })).toBe(FIT.NONE);
  expect(fitOf('Kitchen', 'qiuji', { spelling: () => true })).toBe(FIT.NONE);
  expect(isSpelled('秋')).toBe(false);
  expect(isSpelled('a'.repeat(40))).toBe(false);
});

test('Chinese is found by whole syllables, first letters, and the beginning of a syllable', async () => {
  const { default: pinyin } = await import('pinyin-match');
  const spelling = (name: string, query: string) => pinyin.match(name, query) !== false;
  for (const query of ['qiujituanjian', 'qjtj', 'tuanj']) {
    expect(fitOf('秋季团建', query, { spelling }), query).toBe(FIT.SPELLING);
  }
});
