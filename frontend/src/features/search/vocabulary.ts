import type { Language } from '@/lib/device';

// The words of the search language. Those of every language are understood everywhere, so that a search in an
// address means the same to all; what the page writes into the field is in the reader's own.

export const FILTERS = {
  from: { en: 'from', zh: '来自' },
  in: { en: 'in', zh: '位于' },
  before: { en: 'before', zh: '早于' },
  after: { en: 'after', zh: '晚于' },
  on: { en: 'on', zh: '日期' },
  has: { en: 'has', zh: '包含' },
  mentions: { en: 'mentions', zh: '提到' },
} satisfies Record<string, Record<Language, string>>;

export const KINDS = {
  image: { en: 'image', zh: '图片' },
  video: { en: 'video', zh: '视频' },
  file: { en: 'file', zh: '文件' },
  link: { en: 'link', zh: '链接' },
  voice: { en: 'voice', zh: '语音' },
} satisfies Record<string, Record<Language, string>>;

export const ME = { me: { en: 'me', zh: '我' } } satisfies Record<string, Record<Language, string>>;

export const DAYS = {
  today: { en: 'today', zh: '今天' },
  yesterday: { en: 'yesterday', zh: '昨天' },
} satisfies Record<string, Record<Language, string>>;

export type FilterName = keyof typeof FILTERS;
export type Kind = keyof typeof KINDS;

/** Which entry of a table a word names, in whatever language. */
export function meaningOf<Name extends string>(
  table: Record<Name, Record<Language, string>>,
  word: string,
): Name | undefined {
  const wanted = word.toLowerCase();
  const names = Object.keys(table) as Name[];
  return names.find((name) => Object.values(table[name]).includes(wanted));
}
