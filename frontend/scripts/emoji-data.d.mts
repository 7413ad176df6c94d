import type { Plugin } from 'vite';

import type { EmojiEntry } from '../src/features/emoji/data';

export function emojiData(): Plugin;
export function emojiTable(language: 'en' | 'zh'): EmojiEntry[];
