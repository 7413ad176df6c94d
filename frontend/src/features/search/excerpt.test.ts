import { expect, it } from 'vitest';

import { excerptOf, spansOf } from './excerpt';

/** Pieces in one text, hits in brackets. */
const show = (text: string, ...spans: [number, number][]) =>
  excerptOf(
    text,
    spans.map(([start, end]) => ({ start, end })),
  )
    .map((piece) => (piece.isHit ? `[${piece.text}]` : piece.text))
    .join('');

it('marks hits, counted in code points', () => {
  expect(show('😁 Hello, HELLO', [2, 7], [9, 14])).toBe('😁 [Hello], [HELLO]');
  expect(show('大家你好!', [2, 4])).toBe('大家[你好]!');
});

it('shows a line before and a line behind', () => {
  const text = 'one\ntwo\nthree\nfour\nfive';
  expect(show(text, [8, 13])).toBe('…two\n[three]\nfour\u00a0…');
  expect(show(text, [0, 3])).toBe('[one]\ntwo\u00a0…');
  expect(show(text, [1, 3])).toBe('o[ne]\ntwo\u00a0…');
  expect(show(text, [5, 7])).toBe('one\nt[wo]\nthree\u00a0…');
  expect(show(text, [19, 23])).toBe('…four\n[five]');
});

it('cuts long lines between words', () => {
  const text = `${'lorem ipsum '.repeat(20)}needle${' dolor'.repeat(60)}`;
  const shown = show(text, [240, 246]);
  expect(shown).toMatch(/^…(lorem|ipsum) .*\[needle\] dolor/);
  expect([...shown].length).toBeLessThan(190);
});

it('cuts a line without spaces where it must', () => {
  const shown = show(`${'中'.repeat(100)}文字`, [100, 102]);
  expect(shown).toBe(`…${'中'.repeat(48)}[文字]`);
});

it('shows the beginning of a text without hits', () => {
  expect(show('short')).toBe('short');
  expect(show('x'.repeat(300))).toHaveLength(181);
  expect(show('')).toBe('');
});

it('finds words in names of files by itself, without case and accents', () => {
  expect(spansOf('Résumé-2026.pdf', 'resume')).toEqual([{ start: 0, end: 6 }]);
  expect(spansOf('plan.pdf', 'x')).toEqual([]);
  expect(spansOf('plan.pdf', '')).toEqual([]);
});
