import { describe, expect, it } from 'vitest';

import { linksOf } from './links';

const hrefs = (text: string) => linksOf(text).map(({ href }) => href);

describe('linksOf', () => {
  it('leaves out what ends the sentence', () => {
    expect(hrefs('See https://example.com/a?b=1, (or https://example.org).')).toEqual([
      'https://example.com/a?b=1',
      'https://example.org/',
    ]);
  });

  it('keeps brackets that belong to the address', () => {
    expect(hrefs('https://example.com/Lake_(water)')).toEqual(['https://example.com/Lake_(water)']);
  });

  it('ends at Chinese punctuation', () => {
    expect(hrefs('看这里https://example.com/路，很好')).toEqual(['https://example.com/%E8%B7%AF']);
  });

  it('names each address once, and nothing that is none', () => {
    expect(hrefs('https://a.example https://a.example http:// ftp://b.example')).toEqual([
      'https://a.example/',
    ]);
  });
});
