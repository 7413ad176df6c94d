import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

type Theme = Record<string, string>;

/** The colours that one rule of the style sheet sets. */
function colours(selector: string): Theme {
  const start = css.indexOf(`\n${selector} {`);
  const block = css.slice(start, css.indexOf('\n}', start));
  const found = block.matchAll(/--c-([\w-]+): (#[\da-f]{6});/g);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, value]));
}

const light = colours(':root');
const dark = { ...light, ...colours('.dark') };
/** In the order in which the rules win over each other. */
const THEMES = {
  light,
  dark,
  'light with high contrast': { ...light, ...colours('.contrast') },
  'dark with high contrast': { ...dark, ...colours('.contrast'), ...colours('.dark.contrast') },
};

/** How bright a colour is, as WCAG 2.2 reckons. */
function brightness(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dim = 0, bright = 0] = [brightness(one), brightness(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

/** Pairs that fall short, with what they reach. */
function short(theme: Theme, pairs: readonly (readonly [string, string])[], least: number): string[] {
  return pairs.flatMap(([front, back]) => {
    const [one, other] = [theme[front], theme[back]];
    if (!one || !other) throw new Error(`no colour ${one ? back : front}`);
    const reached = contrast(one, other);
    return reached < least ? [`${front} on ${back}: ${reached.toFixed(2)}`] : [];
  });
}

const each = (fronts: string[], backs: string[]) =>
  fronts.flatMap((front) => backs.map((back) => [front, back] as const));

const GROUNDS = ['canvas', 'surface', 'raised', 'selected', 'sunken', 'hover', 'bubble', 'quote'];
const TONES = Array.from({ length: 8 }, (_, index) => `tone-${index + 1}`);

const TEXT = [
  ...each(['fg', 'fg-2', 'fg-3', 'accent-text'], GROUNDS),
  ...each(['signal-text', 'danger'], ['canvas', 'surface', 'raised', 'bubble']),
  ...each(TONES, ['surface', 'canvas', 'quote']),
  ...each(['bubble-own-fg', 'bubble-own-2', 'accent-text'], ['bubble-own', 'quote-own']),
  ['accent-fg', 'accent'],
  ['accent-text', 'accent-tint'],
  ['signal-fg', 'signal'],
  ['signal-text', 'signal-tint'],
  ['fg', 'signal-tint'],
  ['rail-fg', 'rail'],
  ['white', 'rail-active'],
  ['fg', 'line-strong'],
] as const;

const SIGNS = [
  ...each(['online', 'away', 'signal', 'accent', 'focus'], ['surface', 'canvas', 'raised', 'selected']),
  ...each(['focus', 'accent'], ['bubble', 'bubble-own']),
  ['white', 'rail'],
] as const;

describe.each(Object.entries(THEMES))('in %s', (name, theme) => {
  it('texts can be read', () => expect(short(theme, TEXT, 4.5)).toEqual([]));
  it('dots, rings and focus can be seen', () => expect(short(theme, SIGNS, 3)).toEqual([]));

  it.runIf(name.includes('contrast'))('words stand out far', () => {
    const words = each(
      ['fg', 'fg-2', 'fg-3', 'accent-text', 'signal-text'],
      ['canvas', 'surface', 'raised', 'bubble'],
    );
    const own = each(['bubble-own-fg', 'bubble-own-2'], ['bubble-own']);
    expect(short(theme, [...words, ...own, ['accent-fg', 'accent'], ['signal-fg', 'signal']], 7)).toEqual([]);
    expect(short(theme, each(['line'], ['canvas', 'surface', 'bubble']), 3)).toEqual([]);
  });
});

it('reckons as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});
