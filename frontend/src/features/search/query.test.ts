import { describe, expect, it } from 'vitest';

import { appendToken, completableAt, complete, parseQuery, withoutTokens, writeToken } from './query';

const tokensOf = (text: string) => parseQuery(text).tokens.map(({ name, value }) => [name, value]);

describe('parsing', () => {
  it('tells words from filters, wherever they stand', () => {
    const text = 'from:ann train has:file  times before:2026-10-05';
    expect(parseQuery(text).words).toBe('train times');
    expect(tokensOf(text)).toEqual([
      ['from', 'ann'],
      ['has', 'file'],
      ['before', '2026-10-05'],
    ]);
  });

  it('takes values with spaces in quotes, also in unfinished ones', () => {
    expect(tokensOf('from:"Mei Lin" x')).toEqual([['from', 'Mei Lin']]);
    expect(parseQuery('from:"Mei Lin" x').words).toBe('x');
    expect(tokensOf('in:"Autumn off')).toEqual([['in', 'Autumn off']]);
    expect(tokensOf('from:“Mei Lin”')).toEqual([['from', 'Mei Lin']]);
  });

  it('understands Chinese names of filters and the wide colon', () => {
    expect(tokensOf('来自：小明 火车 包含:图片')).toEqual([
      ['from', '小明'],
      ['has', '图片'],
    ]);
    expect(parseQuery('来自：小明 火车').words).toBe('火车');
  });

  it('keeps what only looks like a filter', () => {
    for (const text of ['https://example.org', 'at 10:30', 'reason:x', 're: from', 'login:me']) {
      expect(parseQuery(text)).toEqual({ words: text, tokens: [] });
    }
  });

  it('knows where a filter stands, and that one without value is none yet', () => {
    expect(parseQuery('a from: b').tokens).toEqual([{ name: 'from', value: '', start: 2, end: 7 }]);
    expect(parseQuery('From:Ann').tokens[0]).toMatchObject({ name: 'from', value: 'Ann' });
  });
});

describe('completing', () => {
  const at = (marked: string) => completableAt(marked.replace('|', ''), marked.indexOf('|'));

  it('completes values where the caret is in one', () => {
    expect(at('x from:an|')).toEqual({ name: 'from', typed: 'an', start: 2, end: 9 });
    expect(at('from:|')).toMatchObject({ name: 'from', typed: '' });
    expect(at('in:"Autumn o|')).toMatchObject({ name: 'in', typed: 'Autumn o' });
  });

  it('completes names of filters from two letters on', () => {
    expect(at('hello men|')).toEqual({ name: null, typed: 'men', start: 6, end: 9 });
    expect(at('包|')).toMatchObject({ name: null, typed: '包' });
    expect(at('m|')).toBeNull();
    expect(at('hello |')).toBeNull();
    expect(at('me|ntion')).toBeNull();
  });

  it('has nothing to add to a finished value, nor within a name', () => {
    expect(at('from:"Mei Lin"|')).toBeNull();
    expect(at('fr|om:ann')).toBeNull();
  });

  it('puts the completion in place, with one space behind it', () => {
    const text = 'x from:an  y';
    const place = completableAt(text, 9);
    expect(place && complete(text, place, writeToken('from', 'Ann Lee', 'en'))).toEqual({
      text: 'x from:"Ann Lee" y',
      caret: 17,
    });
    expect(complete('fro', { start: 0, end: 3 }, writeToken('from', '', 'en'))).toEqual({
      text: 'from:',
      caret: 5,
    });
  });
});

it('adds filters and takes them out', () => {
  expect(appendToken('train ', writeToken('has', '文件', 'zh'))).toBe('train 包含:文件 ');
  expect(appendToken('', 'from:')).toBe('from:');
  expect(withoutTokens('has:file train has:link in:x', ({ name }) => name === 'has')).toBe('train in:x');
  expect(withoutTokens('train', () => true)).toBe('train');
});
