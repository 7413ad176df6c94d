// A Vite plugin: serves one table of emoji per language below /emoji, made from `emojibase-data` with only
// what the picker and `:name` completion use. They are too large for the program itself and are loaded apart.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const LANGUAGES = ['en', 'zh'];
/** Newer emoji are missing in the fonts of many systems, and would be empty cells. */
const NEWEST_VERSION = 15.1;
/** The group of hair and skin samples, which are no emoji that somebody sends. */
const COMPONENTS = 2;
const TONES = ['light', 'medium-light', 'medium', 'medium-dark', 'dark'];

const require = createRequire(import.meta.url);

/** The emoji of a language in the order of the standard. Their short names are English everywhere. */
export function emojiTable(language) {
  const names = require('emojibase-data/en/shortcodes/emojibase.json');
  const { subgroups } = require('emojibase-data/en/messages.json');
  const flags = subgroups.find(({ key }) => key === 'country-flag').order;
  return require(`emojibase-data/${language}/data.json`)
    .filter(({ group, version }) => group !== undefined && group !== COMPONENTS && version <= NEWEST_VERSION)
    .sort((a, b) => a.order - b.order)
    .map((entry) => ({
      emoji: shortest(entry.emoji),
      label: entry.label,
      category: entry.group,
      version: entry.version,
      names: [names[entry.hexcode] ?? []].flat(),
      tags: entry.tags ?? [],
      countryFlag: entry.subgroup === flags || undefined,
      skins: tonesOf(entry.skins ?? []),
    }));
}

/** Without the mark that asks for colour, where the character has its colour anyway: as keyboards write it. */
function shortest(emoji) {
  return emoji.replace(/^(\p{Emoji_Presentation})\uFE0F$/u, '$1');
}

/** The five tones of an emoji. Those with two people and two tones are left out. */
function tonesOf(skins) {
  const plain = skins.filter(({ tone }) => typeof tone === 'number');
  return plain.length
    ? Object.fromEntries(plain.map(({ tone, emoji }) => [TONES[tone - 1], emoji]))
    : undefined;
}

/** Leaves a file alone that is right already: a server may be handing it out. */
function keep(path, text) {
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}

export function emojiData() {
  return {
    name: 'banter-emoji-data',
    configResolved(config) {
      const folder = join(config.publicDir, 'emoji');
      mkdirSync(folder, { recursive: true });
      for (const language of LANGUAGES)
        keep(join(folder, `${language}.json`), JSON.stringify(emojiTable(language)));
    },
  };
}
