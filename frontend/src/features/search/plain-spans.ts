import { plain } from '@/lib/plain';
import type { Span } from './excerpt';

interface Found {
  text: string;
  spans: Span[];
}

/**
 * A found text as it is read, without the signs of its formatting, and where the hits stand in it. Where a hit is in
 * what nobody reads, such as the address behind a link, the text stays as it was written.
 */
export function plainWithSpans(text: string, spans: Span[]): Found {
  const read = plain(text);
  const unitOf = unitsOf(text);
  const pointOf = (unit: number) => [...read.text.slice(0, unit)].length;
  /** The first unit that comes from this place or one behind it. */
  const placeOf = (point: number) => {
    const wanted = unitOf[point] ?? text.length;
    const place = read.from.findIndex((unit) => unit >= wanted);
    return place < 0 ? read.text.length : place;
  };
  const moved = spans
    .map(({ start, end }) => ({ start: pointOf(placeOf(start)), end: pointOf(placeOf(end)) }))
    .filter(({ start, end }) => start < end);
  const isLost = spans.length > 0 && moved.length === 0;
  // What is covered must not come out because somebody looked for it.
  return isLost && !read.text.includes('▒') ? { text, spans } : { text: read.text, spans: moved };
}

/** Where each code point begins. */
function unitsOf(text: string): number[] {
  let unit = 0;
  return [...text].map((point) => {
    unit += point.length;
    return unit - point.length;
  });
}
