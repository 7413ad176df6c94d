import { expect, test } from 'vitest';

import { oneLine } from './plain';

test.each([
  ['**bold** and *italic*, ~~gone~~', 'bold and italic, gone'],
  ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
  ['> quoted\n\nanswer', 'quoted answer'],
  ['- one\n- two\n1. three', 'one two three'],
  ['see [the plan](https://example.org/a_b)', 'see the plan'],
  ['run `npm ci`\n```sh\nls -l\n```', 'run npm ci ls -l'],
  ['the end: ||he wakes up||', 'the end: ▒▒▒▒▒▒▒▒'],
  ['  \n ', ''],
  ['#1 is fine, # title', '#1 is fine, # title'],
])('%j', (text, line) => expect(oneLine(text)).toBe(line));
