import { describe, expect, it } from 'vitest';

import { KEYS, hintOf, namesOf, shortcutOf } from './keys';

const press = (key: string, rest: Partial<KeyboardEvent> = {}) => ({
  key,
  code: '',
  keyCode: 0,
  isComposing: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...rest,
});

describe('which shortcut a press is', () => {
  it.each([
    ['k', { ctrlKey: true }, 'switcher'],
    ['f', { ctrlKey: true }, 'searchRoom'],
    ['F', { ctrlKey: true, shiftKey: true }, 'searchAll'],
    ['ArrowUp', { altKey: true }, 'previousRoom'],
    ['ArrowDown', { altKey: true, shiftKey: true }, 'nextUnread'],
    ['.', { ctrlKey: true }, 'panel'],
    [',', { ctrlKey: true }, 'settings'],
    ['u', { ctrlKey: true }, 'attach'],
    ['F6', {}, 'nextRegion'],
    ['F6', { ctrlKey: true }, 'nextRegion'],
    ['F6', { shiftKey: true }, 'previousRegion'],
    ['Escape', {}, 'bottom'],
  ] as const)('%s %j', (key, rest, id) => expect(shortcutOf(press(key, rest), false)).toBe(id));

  it('takes Command instead of Control on a Mac', () => {
    expect(shortcutOf(press('k', { metaKey: true }), true)).toBe('switcher');
    expect(shortcutOf(press('k', { ctrlKey: true }), true)).toBeUndefined();
    expect(shortcutOf(press('k', { metaKey: true }), false)).toBeUndefined();
  });

  it('finds signs that stand behind Shift, and letters on keyboards of other scripts', () => {
    expect(shortcutOf(press('/', { ctrlKey: true, shiftKey: true }), false)).toBe('keys');
    expect(shortcutOf(press('л', { code: 'KeyK', ctrlKey: true }), false)).toBe('switcher');
  });

  it('leaves keys of an input method alone', () => {
    expect(shortcutOf(press('Escape', { isComposing: true }), false)).toBeUndefined();
    expect(shortcutOf(press('F6', { keyCode: 229 }), false)).toBeUndefined();
  });

  it('leaves plain letters, and what other views answer for', () => {
    expect(shortcutOf(press('k'), false)).toBeUndefined();
    expect(shortcutOf(press('Enter'), false)).toBeUndefined();
    expect(shortcutOf(press('b', { ctrlKey: true }), false)).toBeUndefined();
  });
});

it('names keys as each system does', () => {
  expect(namesOf({ key: 'f', mod: true, shift: true }, false)).toEqual(['Ctrl', 'Shift', 'F']);
  expect(namesOf({ key: 'f', mod: true, shift: true }, true)).toEqual(['⇧', '⌘', 'F']);
  expect(namesOf({ key: 'ArrowUp', alt: true }, true)).toEqual(['⌥', '↑']);
});

it('says keys in one word beside what they do', () => {
  expect(hintOf('searchRoom', false)).toBe('Ctrl F');
  expect(hintOf('searchRoom', true)).toBe('⌘F');
});

it('has no two global shortcuts with the same keys', () => {
  const rows = Object.values(KEYS).flat();
  const chords = rows
    .filter((row) => !('isGlobal' in row))
    .flatMap(({ chords }) => chords.map((chord) => namesOf(chord, false).join('+')));
  expect(new Set(chords).size).toBe(chords.length);
});
