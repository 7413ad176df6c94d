import { expect, test } from 'vitest';

import { complete, mentionsIn, queryAt } from './suggest';

test('a sign at the beginning of a word asks for suggestions', () => {
  expect(queryAt('hi @an', 6)).toEqual({ kind: 'person', typed: 'an', start: 3 });
  expect(queryAt('@', 1)).toEqual({ kind: 'person', typed: '', start: 0 });
  expect(queryAt('so :smi', 7)).toEqual({ kind: 'emoji', typed: 'smi', start: 3 });
  expect(queryAt('好，@何', 4)).toEqual({ kind: 'person', typed: '何', start: 2 });
});

test.each(['mail@example', '10:30', 'a : b', 'https://x', ':a'])('%s asks for nothing', (text) => {
  expect(queryAt(text, text.length)).toBeNull();
});

test('a choice takes the place of what was typed', () => {
  const query = queryAt('hi @an there', 6);
  expect(query && complete('hi @an there', query, '@Ann')).toEqual({ text: 'hi @Ann there', caret: 8 });
});

test('only those are mentioned whose whole name stands there', () => {
  const people = [
    { id: 1, userName: 'Ann' },
    { id: 2, userName: 'Ann Lee' },
    { id: 3, userName: 'Bo' },
  ];
  expect(mentionsIn('@ann lee and @Bo', people)).toEqual([2, 3]);
  expect(mentionsIn('@Ann', people)).toEqual([1]);
  expect(mentionsIn('Ann', people)).toEqual([]);
});
