import { describe, expect, it } from 'vitest';

import { isOnlyEmoji } from './alone';

describe('emoji alone', () => {
  it.each([
    ['👍', 1],
    ['❤️', 1],
    ['👨‍👩‍👧 🇨🇳', 2],
    [' 😀😀😀 ', 3],
    ['1️⃣', 1],
    ['👋🏽', 1],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', 1],
  ])('counts %s', (text, count) => expect(isOnlyEmoji(text)).toBe(count));

  it.each(['', '   ', 'ok 👍', '👍!', '1', '#', '😀😀😀😀', '好', '©', '\u200d', '🇨'])(
    'takes %j for a text',
    (text) => expect(isOnlyEmoji(text)).toBe(0),
  );
});
