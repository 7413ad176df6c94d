const LINK = /https?:\/\/[^\s<>"'`，。；！？、（）【】《》“”]+/gi;
/** What ends a sentence and not an address. */
const TAIL = /[.,;:!?)\]}*_~]+$/;

/** The addresses in a text, each once. */
export function linksOf(text: string): URL[] {
  const found = new Map<string, URL>();
  for (const [match] of text.matchAll(LINK)) {
    const address = match.replace(TAIL, (tail) => (tail.startsWith(')') && match.includes('(') ? ')' : ''));
    if (!URL.canParse(address)) continue;
    const url = new URL(address);
    found.set(url.href, url);
  }
  return [...found.values()];
}
