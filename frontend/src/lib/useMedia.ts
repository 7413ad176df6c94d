import { useSyncExternalStore } from 'react';

/** Phones show one column at a time. */
export const PHONE = '(width < 640px)';
/** Too narrow for a panel beside the conversation: it lies over it. */
export const NARROW = '(width < 1024px)';
/** Fingers on glass: there are no keys beside the field. */
export const TOUCH = '(pointer: coarse)';

/** Whether the window is as the query says, for what style sheets cannot do. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => matchMedia(query).matches,
  );
}
