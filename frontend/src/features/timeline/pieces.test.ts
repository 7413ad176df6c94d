import { expect, test } from 'vitest';

import { splitText } from './pieces';

const people = [
  { id: 1, name: 'Ann' },
  { id: 2, name: 'Ann Lee' },
  { id: 3, name: '何诺' },
];

test('the longest name is mentioned', () => {
  expect(splitText('@Ann Lee and @ann', people)).toEqual([
    { kind: 'mention', text: '@Ann Lee', id: 2 },
    { kind: 'text', text: ' and ' },
    { kind: 'mention', text: '@ann', id: 1 },
  ]);
  expect(splitText('问@何诺吧', people)[1]).toEqual({ kind: 'mention', text: '@何诺', id: 3 });
});

test('nobody is mentioned whom the message does not name', () => {
  expect(splitText('@Bob', people)).toEqual([{ kind: 'text', text: '@Bob' }]);
});

test.each([
  ['see https://example.org/a.', 'https://example.org/a'],
  ['(https://example.org/a)', 'https://example.org/a'],
  ['https://example.org/a_(b)', 'https://example.org/a_(b)'],
  ['看https://example.org/路径，好', 'https://example.org/路径'],
  ['www.example.org', 'https://www.example.org'],
])('the address in %s ends where it ends', (text, href) => {
  expect(splitText(text, []).find((piece) => piece.kind === 'link')).toMatchObject({ href });
  expect(
    splitText(text, [])
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});

test('other schemes are no links', () => {
  expect(splitText('javascript:alert(1) data:x', [])).toEqual([
    { kind: 'text', text: 'javascript:alert(1) data:x' },
  ]);
});
