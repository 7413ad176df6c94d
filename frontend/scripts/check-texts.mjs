// Holds the locale files to each other: every text in both languages, with the same placeholders,
// and no text that no code asks for.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const source = join(import.meta.dirname, '../src');
const locales = join(source, 'i18n/locales');
const problems = [];

/** Keys of a file without plural endings, each with the placeholders that its texts use. */
function texts(language, file) {
  const found = new Map();
  for (const [key, text] of Object.entries(JSON.parse(readFileSync(join(locales, language, file), 'utf8')))) {
    const name = key.replace(/_(zero|one|two|few|many|other)$/, '');
    const holes = [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]);
    found.set(name, new Set([...(found.get(name) ?? []), ...holes]));
    if (!text.trim()) problems.push(`${language}/${file}: ${key} is empty`);
  }
  return found;
}

const code = readdirSync(source, { recursive: true })
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('i18n'))
  .map((name) => readFileSync(join(source, name), 'utf8'))
  .join('\n');

for (const file of readdirSync(join(locales, 'en')).filter((name) => name.endsWith('.json'))) {
  const [english, chinese] = [texts('en', file), texts('zh', file)];
  for (const key of english.keys()) if (!chinese.has(key)) problems.push(`zh/${file}: ${key} is missing`);
  for (const key of chinese.keys()) if (!english.has(key)) problems.push(`en/${file}: ${key} is missing`);
  for (const [key, holes] of english) {
    const others = chinese.get(key);
    const differs = others && [...holes].some((hole) => hole !== 'count' && !others.has(hole));
    if (differs) problems.push(`zh/${file}: ${key} leaves out one of ${[...holes].join(', ')}`);
    // Keys that are put together in code end in a dot or colon there; those count as used.
    const stem = key.replace(/[.\w-]*$/, '');
    const isUsed =
      code.includes(`'${key}'`) ||
      code.includes(`:${key}'`) ||
      code.includes(`:${key}\``) ||
      (/[._]/.test(key) && code.includes(key.split(/[._]/)[0] + (key.includes('.') ? '.' : '_') + '${')) ||
      (stem && code.includes(`${stem}\${`));
    if (!isUsed) problems.push(`en/${file}: ${key} is used nowhere`);
  }
}

for (const problem of problems) console.error(problem);
if (problems.length) process.exit(1);
