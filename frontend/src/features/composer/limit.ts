/** Longest text of a message, in characters (Unicode code points), as the server counts. */
export const TEXT_MAX = 4000;

export function lengthOf(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
