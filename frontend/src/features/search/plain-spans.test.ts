import { expect, it } from 'vitest';

import { plainWithSpans } from './plain-spans';

/** The text as it is read, its hits in brackets. `wanted` stands in the written text. */
function show(text: string, ...wanted: string[]): string {
  const points = [...text];
  const spans = wanted.map((word) => {
    const start = [...text.slice(0, text.indexOf(word))].length;
    return { start, end: start + [...word].length };
  });
  expect(spans.map(({ start, end }) => points.slice(start, end).join(''))).toEqual(wanted);
  const found = plainWithSpans(text, spans);
  const read = [...found.text];
  return found.spans
    .toReversed()
    .reduce(
      (shown, { start, end }) => [
        ...shown.slice(0, start),
        '[',
        ...shown.slice(start, end),
        ']',
        ...shown.slice(end),
      ],
      read,
    )
    .join('');
}

it('takes signs out and keeps the hits where they are', () => {
  expect(show('the **roof** is _new_', 'roof', 'new')).toBe('the [roof] is [new]');
  expect(show('# Plan\n- buy `paint`', 'paint')).toBe('Plan\nbuy [paint]');
  expect(show('😁 ~~old~~ 你好', '你好')).toBe('😁 old [你好]');
  expect(show('see [the plan](https://example.org)', 'plan')).toBe('see the [plan]');
});

it('marks a hit that reaches over signs', () => {
  expect(show('**re**paint', 're**paint')).toBe('[repaint]');
});

it('shows what was written where nobody would see the hit', () => {
  expect(show('see [the plan](https://example.org)', 'example')).toBe(
    'see [the plan](https://[example].org)',
  );
});

it('leaves spoilers covered', () => {
  expect(show('the end: ||he wakes up at home||', 'home')).toBe('the end: ▒▒▒▒▒▒▒▒');
});

it('has nothing to do in plain words', () => {
  expect(plainWithSpans('plain', [])).toEqual({ text: 'plain', spans: [] });
});
