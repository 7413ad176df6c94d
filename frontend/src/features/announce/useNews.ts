import { useStore } from 'react-redux';

import { chat } from '@/api/client';
import type { AppStore } from '@/app/store';
import { tellNews } from './news';

/** Tells screen readers what is new in a room, for as long as it is open. */
export function useNews(roomId: number): void {
  const store = useStore() as AppStore;
  useEffect(() => tellNews(chat, store, roomId), [store, roomId]);
}
