import type { Language } from '@/lib/device';
import { type EmojiEntry, loadEmoji } from './data';
import { emojiFor } from './rank';

export interface EmojiMatch {
  emoji: string;
  /** What was matched: a short English name, or the name in the reader's language. */
  name: string;
}

const MATCHES_MAX = 8;

/** Emoji for what stands behind a colon, the best first. Nothing typed, or no table: none. */
export async function emojiMatches(prefix: string, language: Language): Promise<EmojiMatch[]> {
  if (!prefix) return [];
  const table = await loadEmoji(language).catch((): EmojiEntry[] => []);
  return emojiFor(table, prefix)
    .slice(0, MATCHES_MAX)
    .map(({ entry, name }) => ({ emoji: entry.emoji, name }));
}
