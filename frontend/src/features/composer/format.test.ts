import { expect, test } from 'vitest';

import { marked } from './format';

test('the same key marks and unmarks', () => {
  const on = marked('say it loud', 4, 6, '**');
  expect(on.text).toBe('say **it** loud');
  expect(marked(on.text, on.start, on.end, '**')).toEqual({ text: 'say it loud', start: 4, end: 6 });
});

test('nothing selected leaves the caret between the signs', () => {
  expect(marked('', 0, 0, '_')).toEqual({ text: '__', start: 1, end: 1 });
});
