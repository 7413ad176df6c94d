// The one REST client and the one live connection of this page.
import { Api, Chat, IndexedDbStorage } from '@banter/client';

import { baseUrl, socketUrl } from '@/lib/server-address';
import { endSession } from './session-end';

export { fileUrl } from '@/lib/server-address';

export const api = new Api({ baseUrl, onSessionEnded: endSession });

export const chat = new Chat({
  api,
  url: socketUrl,
  storage: new IndexedDbStorage('banter-outbox'),
  online: {
    isOnline: () => navigator.onLine,
    subscribe: (changed) => {
      window.addEventListener('online', changed);
      window.addEventListener('offline', changed);
      return () => {
        window.removeEventListener('online', changed);
        window.removeEventListener('offline', changed);
      };
    },
  },
});
