import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { emojiTable } from '../../../scripts/emoji-data.mjs';
import { emojiMatches } from './complete';

describe('completion', () => {
  let requests: string[];

  beforeEach(() => {
    requests = [];
    vi.stubGlobal('fetch', (url: string) => {
      requests.push(url);
      return Promise.resolve(Response.json(emojiTable(url.includes('zh') ? 'zh' : 'en')));
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('puts the exact name first, then those that begin with it', async () => {
    const found = await emojiMatches('heart', 'en');
    expect(found[0]).toEqual({ emoji: '❤️', name: 'heart' });
    expect(found.map(({ name }) => name)).toContain('heart_eyes');
    expect(found.length).toBeLessThanOrEqual(8);
  });

  it('finds by a later word of a name, and by what belongs to it', async () => {
    expect((await emojiMatches('eyes', 'en')).map(({ emoji }) => emoji)).toContain('👀');
    expect((await emojiMatches('dessert', 'en')).map(({ emoji }) => emoji)).toContain('🍰');
  });

  it('takes English and Chinese names in Chinese', async () => {
    expect((await emojiMatches('thumbsup', 'zh'))[0]?.emoji).toBe('👍');
    expect((await emojiMatches('大笑', 'zh')).map(({ emoji }) => emoji)).toContain('😄');
  });

  it('offers nothing before something is typed, and loads a table once', async () => {
    expect(await emojiMatches('', 'en')).toEqual([]);
    await emojiMatches('cat', 'en');
    expect(requests.filter((url) => url.includes('/en')).length).toBeLessThanOrEqual(1);
  });
});
