import type { Language } from '@/lib/device';
import { type EmojiEntry, loadEmoji } from './data';

/** Pixels of the square that an emoji is drawn on. */
const SIZE = 16;

/** Draws a text and answers with its pixels, or nothing where there is no canvas. */
function draw(text: string, color: string): { pixels: string; width: number } | undefined {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIZE;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return undefined;
  context.font = `${SIZE}px ${getComputedStyle(document.documentElement).getPropertyValue('--font-emoji') || 'sans-serif'}`;
  context.textBaseline = 'top';
  context.fillStyle = color;
  context.fillText(text, 0, 0);
  return {
    pixels: context.getImageData(0, 0, SIZE, SIZE).data.join(),
    width: context.measureText(text).width,
  };
}

/** True where the system has a picture of its own for it: one that takes no colour, and is no wider than one. */
function isDrawn(emoji: string, cell: number): boolean {
  const [once, twice] = [draw(emoji, 'red'), draw(emoji, 'blue')];
  return once !== undefined && once.pixels === twice?.pixels && once.width < cell * 1.5;
}

/** All fonts with emoji have those of older versions; some of them are symbols that need no colour. */
const OLDEST_IN_DOUBT = 11;

/** Leaves out what this system's fonts do not have: one emoji stands for all that came with its version. */
function drawable(entries: EmojiEntry[]): EmojiEntry[] {
  const cell = draw('😀', 'red')?.width;
  if (!cell || !isDrawn('😀', cell)) return entries;
  const inDoubt = entries.filter((entry) => entry.version >= OLDEST_IN_DOUBT && !entry.countryFlag);
  const samples = new Map(inDoubt.map(({ version, emoji }) => [version, emoji]));
  const missing = new Set(
    [...samples].filter(([, emoji]) => !isDrawn(emoji, cell)).map(([version]) => version),
  );
  const hasFlags = isDrawn('🇪🇺', cell);
  return entries.filter((entry) => (entry.countryFlag ? hasFlags : !missing.has(entry.version)));
}

const ready = new Map<Language, EmojiEntry[]>();

/** What the picker offers in a language, if it was loaded before. */
export function drawableNow(language: Language): EmojiEntry[] | undefined {
  return ready.get(language);
}

/** Loads what the picker offers in a language, and finds out what this system draws. */
export async function loadDrawable(language: Language): Promise<EmojiEntry[]> {
  const table = await loadEmoji(language);
  const entries = ready.get(language) ?? drawable(table);
  ready.set(language, entries);
  return entries;
}
