// Colours for code. A chunk of its own: most conversations never need it.
import type { Element, Root } from 'hast';
import bash from 'highlight.js/lib/languages/bash';
import css from 'highlight.js/lib/languages/css';
import go from 'highlight.js/lib/languages/go';
import ini from 'highlight.js/lib/languages/ini';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { createLowlight } from 'lowlight';

import '@fontsource-variable/jetbrains-mono/wght.css';

const lowlight = createLowlight({
  bash,
  css,
  go,
  ini,
  javascript,
  json,
  python,
  rust,
  sql,
  typescript,
  xml,
  yaml,
});

export interface Token {
  text: string;
  /** One of the eight tones, for what has a colour. */
  tone?: number;
}

/** Kinds of words, by the tone that they get. */
const TONES: Record<string, number> = {
  keyword: 6,
  built_in: 4,
  type: 4,
  literal: 7,
  number: 7,
  string: 3,
  regexp: 3,
  comment: 8,
  title: 5,
  attr: 2,
  attribute: 2,
  name: 1,
  tag: 1,
  meta: 8,
  variable: 2,
};

/** Cuts code into words with tones. A language that is not known stays without. */
export function highlight(code: string, language: string | undefined): Token[] {
  if (!language || !lowlight.registered(language)) return [{ text: code }];
  const tokens: Token[] = [];
  const walk = (node: Root | Element, tone: number | undefined) => {
    for (const child of node.children) {
      if (child.type === 'text') tokens.push({ text: child.value, tone });
      else if (child.type === 'element') walk(child, toneOf(child) ?? tone);
    }
  };
  walk(lowlight.highlight(language, code), undefined);
  return tokens;
}

function toneOf(element: Element): number | undefined {
  const names = element.properties.className;
  if (!Array.isArray(names)) return undefined;
  return names.map((name) => TONES[String(name).replace('hljs-', '')]).find((tone) => tone !== undefined);
}
