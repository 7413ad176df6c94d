import type { SearchHit } from '@banter/client';

/** What a message may hold, as the search knows it. */
export type Has = 'image' | 'video' | 'file' | 'voice' | 'link';

/** Found messages of one kind, newest first, as far as they are loaded. */
export interface Shelf {
  has: Has;
  hits: SearchHit[];
  isMore: boolean;
}

const oldestOf = (shelf: Shelf) => shelf.hits.at(-1)?.id ?? Infinity;

/** The shelf that is loaded least far, if any has more. */
export function laggingOf(shelves: Shelf[]): Shelf | undefined {
  return shelves
    .filter((shelf) => shelf.isMore)
    .sort((a, b) => oldestOf(b) - oldestOf(a))
    .at(0);
}

/** Several kinds in one row, newest first, no further back than all of them are loaded. */
export function mergeShelves(shelves: Shelf[]): SearchHit[] {
  const lagging = laggingOf(shelves);
  const floor = lagging ? oldestOf(lagging) : 0;
  const byId = new Map(shelves.flatMap(({ hits }) => hits).map((hit) => [hit.id, hit]));
  return [...byId.values()].filter(({ id }) => id >= floor).sort((a, b) => b.id - a.id);
}
