// The pages of this repository, checked: every relative link and anchor leads somewhere, the index
// in docs/README.md names every page of docs/, the map in docs/architecture.md every crate, and the
// figures in the READMEs are those that were measured. Comments that name a page and its section
// name one that is there.
//
//   node scripts/check-docs.mjs [FOLDER]    the whole checkout, unless another folder is named

import { readFile, readdir } from 'node:fs/promises';
import { join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is fetched, built or written while running: no link may count on it. */
const NOT_OURS = /(^|\/)(\.git|\.cache|node_modules|target|dist)$|^storage$/;

/** What is wrong with the pages below a folder, a line each. */
export async function problems(root) {
  const entries = new Set(['']);
  await collect(root, root, entries);
  const pages = new Map();
  for (const path of [...entries].filter((entry) => entry.endsWith('.md')).sort()) {
    pages.set(path, prose(await readFile(join(root, path), 'utf8')));
  }
  const found = [];
  for (const [path, text] of pages) {
    for (const link of links(text)) {
      const problem = problemOf(link, path, entries, pages);
      if (problem) found.push(`${path}: ${link}: ${problem}`);
    }
  }
  for (const [index, isDue] of INDEXES) {
    if (!pages.has(index)) continue;
    const named = new Set(links(pages.get(index)).map((link) => place(link, index).path));
    for (const entry of [...entries].sort()) {
      if (isDue(entry) && entry !== index && !named.has(entry))
        found.push(`${index}: ${entry} is not linked`);
    }
  }
  for (const path of [...entries].filter((entry) => SOURCE.test(entry)).sort()) {
    found.push(...commentProblems(path, await readFile(join(root, path), 'utf8'), pages));
  }
  return [...found, ...figureProblems(pages)];
}

const SOURCE = /\.(rs|ts|tsx|yml)$/;

/** Pages that comments point to, with the number of the section where they name one. */
function commentProblems(path, text, pages) {
  const plain = text.replace(/\n\s*(?:\/\/[/!]?|#|\*)/g, ' ').replace(/\s+/g, ' ');
  const named = [...plain.matchAll(/\b(docs\/[\w-]+\.md)(?:, sections? (\d+)(?: and (\d+))?)?/g)];
  return named.flatMap(([, page, ...sections]) => {
    if (!pages.has(page)) return [`${path}: ${page}: there is no such file`];
    const missing = sections.filter((number) => number && !pages.get(page).includes(`\n## ${number} `));
    return missing.map((number) => `${path}: ${page}: there is no section ${number}`);
  });
}

/** Every number between the marks stands in docs/performance.md, and the same ones in each language. */
function figureProblems(pages) {
  const measured = new Set(numbers(pages.get('docs/performance.md') ?? ''));
  const [first, ...others] = READMES.filter((page) => pages.has(page)).map((page) => {
    const [, text = ''] =
      pages.get(page).match(/<!-- figures\b[\s\S]*?-->([\s\S]*?)<!-- \/figures -->/) ?? [];
    return { page, figures: numbers(text) };
  });
  const isUnknown = (figure) => !measured.has(figure);
  const unknown =
    first?.figures.filter(isUnknown).map((figure) => `${figure} is not in docs/performance.md`) ?? [];
  const different = others.filter(({ figures }) => figures.join() !== first.figures.join());
  return [
    ...unknown.map((problem) => `${first.page}: ${problem}`),
    ...different.map(({ page }) => `${page}: its figures are not those of ${first.page}`),
  ];
}

const READMES = ['README.md', 'README.zh-CN.md'];

/** The numbers of a text, with their units. */
function numbers(text) {
  return text.match(/\d+(?:[.,]\d+)*(?: (?:[kM]|ms|KiB|MiB)\b)?/g) ?? [];
}

/** Pages that have to name all of a kind. */
const INDEXES = [
  ['docs/README.md', (entry) => /^docs\/[^/]+\.md$/.test(entry)],
  ['docs/architecture.md', (entry) => /^crates\/[^/]+$/.test(entry)],
];

async function collect(root, folder, entries) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const name = relative(root, path).split(sep).join('/');
    if (NOT_OURS.test(name)) continue;
    entries.add(name);
    if (entry.isDirectory()) await collect(root, path, entries);
  }
}

/** The text without code, whose brackets are no links. Headings keep theirs, since anchors are made of them. */
function prose(markdown) {
  const text = markdown.replace(/^( *)(```+|~~~+)[^\n]*\n[\s\S]*?^\1\2[^\n]*$/gm, '');
  const withoutSpans = (line) => (/^#{1,6} /.test(line) ? line : line.replace(/(`+)[^`].*?\1/g, ''));
  return text.split('\n').map(withoutSpans).join('\n');
}

function links(text) {
  const patterns = [
    /\]\(\s*<?([^()\s<>]+(?:\([^()\s]*\))?)>?(?:\s+["'][^)]*)?\s*\)/g,
    /^\s*\[[^\]]+\]:\s*<?(\S+?)>?\s*$/gm,
    /<(?:a|img)\b[^>]*?\b(?:href|src)="([^"]+)"/g,
  ];
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, target]) => target));
}

/** Where a relative link leads: a path from the root, and an anchor. */
function place(link, from) {
  const [target, anchor] = link.split('#');
  const base = target.startsWith('/') ? '' : posix.dirname(from);
  const path = target ? posix.join(base, decodeURIComponent(target)).replace(/^\/|\/$/g, '') : from;
  return { path: path === '.' ? '' : path, anchor };
}

function problemOf(link, from, entries, pages) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return undefined;
  const { path, anchor } = place(link, from);
  if (!entries.has(path)) return 'there is no such file';
  if (anchor && pages.has(path) && !anchors(pages.get(path)).has(anchor)) return 'there is no such heading';
  return undefined;
}

/** The anchors that GitHub gives to the headings of a page. */
function anchors(text) {
  const seen = new Map();
  const all = new Set([...text.matchAll(/<a\b[^>]*?\b(?:id|name)="([^"]+)"/g)].map(([, id]) => id));
  for (const [, heading] of text.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = words.replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '').replace(/ /g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    all.add(count ? `${slug}-${count}` : slug);
  }
  return all;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const root = resolve(process.argv[2] ?? join(import.meta.dirname, '..'));
  const found = await problems(root);
  for (const line of found) console.error(line);
  process.exitCode = found.length ? 1 : 0;
}
