const FENCE = /```[^\n`]*\n?([\s\S]*?)```/g;
const SPOILER = /\|\|([\s\S]+?)\|\|/g;
const IMAGE_OR_LINK = /!?\[([^\]]*)\]\([^)\s]*\)/g;
const LINE_START = /^[ \t]*(?:>+|[-*+]|\d+\.|#{1,6})[ \t]+/gm;
const STRONG = /(\*\*|__|~~)(?=\S)([\s\S]*?\S)\1/g;
const EMPHASIS = /(^|[^\p{L}\p{N}*_])([*_])(?=\S)([^*_]*?[^\s*_])\2(?![\p{L}\p{N}*_])/gu;
const CODE = /`([^`]+)`/g;

/** A message in one line, without the signs of its formatting. Spoilers stay covered. */
export function oneLine(text: string): string {
  return text
    .replace(FENCE, '$1')
    .replace(SPOILER, (_all, hidden: string) => '▒'.repeat(Math.min(hidden.length, 8)))
    .replace(IMAGE_OR_LINK, '$1')
    .replace(LINE_START, '')
    .replace(STRONG, '$2')
    .replace(EMPHASIS, '$1$3')
    .replace(CODE, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
