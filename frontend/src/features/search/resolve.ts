// From the words of a search to what the server is asked.
import { dayStart, parseDay } from './days';
import type { ParsedQuery, Token } from './query';
import { KINDS, ME, type Kind, meaningOf } from './vocabulary';

export interface SearchRequest {
  q?: string;
  roomId?: number;
  /** Id of the sender. */
  from?: number;
  /** Sent at this moment or later. */
  after?: string;
  /** Sent before this moment. */
  before?: string;
  has?: Kind;
  mentionsMe?: boolean;
}

/** A filter that names nothing. */
export interface Problem {
  kind: 'person' | 'room' | 'day' | 'kind' | 'mention';
  value: string;
}

export interface Lookup {
  /** Id of a person by their name. */
  person: (name: string) => Promise<number | undefined>;
  room: (name: string) => number | undefined;
  me: number;
  /** Where to search when the words do not say. */
  roomId?: number;
  now: Date;
}

export type Resolved = { request: SearchRequest } | { problem: Problem };

/** What to ask for a search; null when there is nothing to find yet. */
export async function resolveQuery({ words, tokens }: ParsedQuery, lookup: Lookup): Promise<Resolved | null> {
  const filled = tokens.filter(({ value }) => value !== '');
  if (!words && filled.length === 0) return null;
  const request: SearchRequest = { roomId: lookup.roomId };
  if (words) request.q = words;
  for (const token of filled) {
    const problem = await add(request, token, lookup);
    if (problem) return { problem };
  }
  return { request };
}

/** Adds a filter to a request, or says why that cannot be. */
async function add(
  request: SearchRequest,
  { name, value }: Token,
  lookup: Lookup,
): Promise<Problem | undefined> {
  switch (name) {
    case 'from': {
      const person = value.replace(/^@/, '');
      request.from = meaningOf(ME, person) ? lookup.me : await lookup.person(person);
      return request.from === undefined ? { kind: 'person', value: person } : undefined;
    }
    case 'in':
      request.roomId = lookup.room(value);
      return request.roomId === undefined ? { kind: 'room', value } : undefined;
    case 'has':
      request.has = meaningOf(KINDS, value);
      return request.has === undefined ? { kind: 'kind', value } : undefined;
    case 'mentions':
      request.mentionsMe = meaningOf(ME, value) !== undefined;
      return request.mentionsMe ? undefined : { kind: 'mention', value };
    case 'before':
    case 'after':
    case 'on': {
      const day = parseDay(value, lookup.now);
      if (!day) return { kind: 'day', value };
      if (name !== 'after') request.before = dayStart(day, name === 'on' ? 1 : 0).toISOString();
      if (name !== 'before') request.after = dayStart(day, name === 'on' ? 0 : 1).toISOString();
      return undefined;
    }
  }
}
