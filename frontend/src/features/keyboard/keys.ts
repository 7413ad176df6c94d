// The one table of keys: `Shortcuts` listens by it, and the list of keys prints it.

/** Keys that are pressed together. `mod` is Command on a Mac and Control elsewhere. */
export interface Chord {
  key: string;
  mod?: true;
  ctrl?: true;
  alt?: true;
  shift?: true;
}

interface Row {
  id: string;
  chords: readonly Chord[];
  /** False where the view that has the focus listens by itself. */
  isGlobal?: false;
}

/** Rows in groups, as they are printed. */
export const KEYS = {
  places: [
    { id: 'switcher', chords: [{ key: 'k', mod: true }] },
    { id: 'searchRoom', chords: [{ key: 'f', mod: true }] },
    { id: 'searchAll', chords: [{ key: 'f', mod: true, shift: true }] },
    { id: 'previousRoom', chords: [{ key: 'ArrowUp', alt: true }] },
    { id: 'nextRoom', chords: [{ key: 'ArrowDown', alt: true }] },
    { id: 'previousUnread', chords: [{ key: 'ArrowUp', alt: true, shift: true }] },
    { id: 'nextUnread', chords: [{ key: 'ArrowDown', alt: true, shift: true }] },
    { id: 'panel', chords: [{ key: '.', mod: true }] },
    { id: 'settings', chords: [{ key: ',', mod: true }] },
    { id: 'keys', chords: [{ key: '/', mod: true }] },
    { id: 'nextRegion', chords: [{ key: 'F6' }, { key: 'F6', ctrl: true }] },
    { id: 'previousRegion', chords: [{ key: 'F6', shift: true }] },
    { id: 'bottom', chords: [{ key: 'Escape' }] },
  ],
  writing: [
    { id: 'send', chords: [{ key: 'Enter' }], isGlobal: false },
    { id: 'newLine', chords: [{ key: 'Enter', shift: true }], isGlobal: false },
    { id: 'editLast', chords: [{ key: 'ArrowUp' }], isGlobal: false },
    { id: 'replyLast', chords: [{ key: 'ArrowUp', shift: true }], isGlobal: false },
    { id: 'attach', chords: [{ key: 'u', mod: true }] },
    { id: 'bold', chords: [{ key: 'b', mod: true }], isGlobal: false },
    { id: 'italic', chords: [{ key: 'i', mod: true }], isGlobal: false },
    { id: 'strike', chords: [{ key: 'x', mod: true, shift: true }], isGlobal: false },
  ],
  messages: [
    { id: 'newest', chords: [{ key: 'End' }], isGlobal: false },
    { id: 'actions', chords: [{ key: 'Enter' }], isGlobal: false },
    { id: 'reply', chords: [{ key: 'r' }], isGlobal: false },
    { id: 'edit', chords: [{ key: 'e' }], isGlobal: false },
    { id: 'recall', chords: [{ key: 'Delete' }], isGlobal: false },
    { id: 'react', chords: [{ key: '+' }], isGlobal: false },
  ],
} as const satisfies Record<string, readonly Row[]>;

export type KeyGroup = keyof typeof KEYS;
type AnyRow = (typeof KEYS)[KeyGroup][number];
export type KeyId = AnyRow['id'];
/** What `Shortcuts` answers for. */
export type ShortcutId = Exclude<AnyRow, { isGlobal: false }>['id'];

const GLOBAL: { id: ShortcutId; chords: readonly Chord[] }[] = Object.values(KEYS)
  .flat()
  .filter((row): row is Exclude<AnyRow, { isGlobal: false }> => !('isGlobal' in row));

const isMac = /mac|iphone|ipad/i.test(navigator.platform);

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Keyboards for other scripts have the letter at the place where it stands on a Latin one. */
function isKey(key: string, press: Press): boolean {
  if (press.key.toLowerCase() === key.toLowerCase()) return true;
  const isForeign = press.key.length === 1 && press.key > '\u007f';
  return isForeign && press.code === `Key${key.toUpperCase()}`;
}

/** True for signs such as "/", which stand behind Shift on some keyboards. */
const isSign = (key: string) => /^[^\p{L}\p{N}]$/u.test(key);

export function matches(chord: Chord, press: Press, mac = isMac): boolean {
  if (!isKey(chord.key, press)) return false;
  const wantsMeta = Boolean(chord.mod) && mac;
  const wantsControl = Boolean(chord.ctrl) || (Boolean(chord.mod) && !mac);
  return (
    press.metaKey === wantsMeta &&
    press.ctrlKey === wantsControl &&
    press.altKey === Boolean(chord.alt) &&
    (press.shiftKey === Boolean(chord.shift) || isSign(chord.key))
  );
}

/** What a key press asks for. Nothing while text is being composed: those keys belong to the input method. */
export function shortcutOf(
  press: Press & Pick<KeyboardEvent, 'isComposing' | 'keyCode'>,
  mac = isMac,
): ShortcutId | undefined {
  if (press.isComposing || press.keyCode === 229) return undefined;
  return GLOBAL.find(({ chords }) => chords.some((chord) => matches(chord, press, mac)))?.id;
}

const SIGNS: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc', Delete: 'Del' };

/** How keyboards of this system name the key that goes with others. */
export const modName = (mac = isMac) => (mac ? '⌘' : 'Ctrl');

/** The first keys of a row in one word, for hints beside what they do. */
export function hintOf(wanted: KeyId, mac = isMac): string {
  const row = Object.values(KEYS)
    .flat()
    .find(({ id }) => id === wanted);
  return row ? namesOf(row.chords[0], mac).join(mac ? '' : ' ') : '';
}

/** The keys of a chord as this system's keyboards name them. */
export function namesOf({ key, mod, ctrl, alt, shift }: Chord, mac = isMac): string[] {
  const names = [];
  if (ctrl || (mod && !mac)) names.push(mac ? '⌃' : modName(mac));
  if (alt) names.push(mac ? '⌥' : 'Alt');
  if (shift) names.push(mac ? '⇧' : 'Shift');
  if (mod && mac) names.push(modName(mac));
  names.push(SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key));
  return names;
}
