/** The most emoji that are drawn large when they stand alone. */
const ALONE_MAX = 3;
/** No three emoji are longer. */
const LENGTH_MAX = 120;
/** Has a colour picture by itself, or asks for one. */
const EMOJI = /^\p{Regional_Indicator}{2}$|(?!\p{Regional_Indicator})\p{Emoji_Presentation}|\p{Emoji}\uFE0F/u;

let graphemes: Intl.Segmenter | undefined;

/** How many emoji a text consists of, when it consists of nothing else: 1 to 3, otherwise 0. */
export function isOnlyEmoji(text: string): number {
  if (text.length > LENGTH_MAX || /[\p{L}]/u.test(text)) return 0;
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let count = 0;
  for (const { segment } of graphemes.segment(text)) {
    if (!segment.trim()) continue;
    count += 1;
    if (count > ALONE_MAX || !EMOJI.test(segment)) return 0;
  }
  return count;
}
