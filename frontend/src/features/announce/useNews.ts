import { useStore } from 'react-redux';

import { chat } from '@/api/client';
import type { AppStore } from '@/app/store';

/** Tells screen readers what is new in a room, for as long as it is open. */
export function useNews(roomId: number): void {
  const store = useStore() as AppStore;
  useEffect(() => {
    let isOpen = true;
    let stop: (() => void) | undefined;
    void import('./news')
      .then(({ tellNews }) => {
        if (isOpen) stop = tellNews(chat, store, roomId);
      })
      // Without a network there is no news.
      .catch(() => undefined);
    return () => {
      isOpen = false;
      stop?.();
    };
  }, [store, roomId]);
}
