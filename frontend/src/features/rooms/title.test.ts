import { expect, test } from 'vitest';

import { titleOf } from './title';

test.each([
  ['Kitchen', 0, false, 'Kitchen – Banter'],
  ['Kitchen', 3, false, '(3) Kitchen – Banter'],
  ['Kitchen', 3, true, '(3 @) Kitchen – Banter'],
  ['Kitchen', 0, true, '(@) Kitchen – Banter'],
  [undefined, 120, false, '(99+) Banter'],
])('%s with %s, mentioned: %s', (room, count, isMentioned, title) => {
  expect(titleOf(room, { count, isMentioned })).toBe(title);
});
