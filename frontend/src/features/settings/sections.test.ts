import { describe, expect, it } from 'vitest';

import { SECTIONS, findSettings, sectionsFor } from './sections';

const find = (typed: string) =>
  findSettings(
    SECTIONS,
    typed,
    (id) => `Section ${id}`,
    (id) => `Setting ${id}`,
  ).map(({ section, settings }) => [section.id, settings]);

describe('findSettings', () => {
  it('shows all sections where nothing is typed', () => {
    expect(find('  ').map(([id]) => id)).toEqual(SECTIONS.map(({ id }) => id));
  });

  it('finds single settings within their section', () => {
    expect(find('TEXTSIZE')).toEqual([['appearance', ['textSize']]]);
  });

  it('finds sections by their own name', () => {
    expect(find('section keys')).toEqual([['keys', []]]);
  });

  it('finds nothing for what there is not', () => {
    expect(find('spaceship')).toEqual([]);
  });
});

it('has nothing about keys where there are none', () => {
  expect(sectionsFor(false)).toBe(SECTIONS);
  const onTouch = sectionsFor(true);
  expect(onTouch.map(({ id }) => id)).not.toContain('keys');
  expect(onTouch.find(({ id }) => id === 'chat')?.settings).toEqual(['showReceipts']);
});
