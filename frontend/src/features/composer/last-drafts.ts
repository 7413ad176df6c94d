import type { Draft } from './drafts-slice';

const KEY = 'banter:drafts';

type Drafts = Record<number, Draft>;

/** Drafts as they were when the page was left: a database may not finish in that moment, this does. */
export const lastDrafts = {
  set: (userId: number, drafts: Drafts) => {
    try {
      localStorage.setItem(KEY, JSON.stringify({ userId, drafts }));
    } catch {
      // A browser that keeps nothing, or no room left: the server has all but the last second.
    }
  },
  get: (userId: number): Drafts => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as {
        userId: number;
        drafts: Drafts;
      } | null;
      return kept?.userId === userId ? kept.drafts : {};
    } catch {
      return {};
    }
  },
  clear: () => {
    try {
      localStorage.removeItem(KEY);
    } catch {
      // See above.
    }
  },
};
