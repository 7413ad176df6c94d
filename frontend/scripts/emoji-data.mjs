// A Vite plugin: serves the emoji tables of `emojibase-data` below /emoji, in the shape that the
// picker asks for. They are too large for the program itself and are loaded with the first picker.

import { cpSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const LANGUAGES = ['en', 'zh'];
const FILES = ['data.json', 'messages.json'];

export function emojiData() {
  return {
    name: 'banter-emoji-data',
    configResolved(config) {
      const source = dirname(createRequire(import.meta.url).resolve('emojibase-data/package.json'));
      for (const language of LANGUAGES) {
        const target = join(config.publicDir, 'emoji', language);
        mkdirSync(target, { recursive: true });
        for (const file of FILES) {
          cpSync(join(source, language, file), join(target, file));
        }
      }
    },
  };
}
