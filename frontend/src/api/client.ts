// The one REST client and the one live connection of this page.
import { Api, Chat, IndexedDbStorage } from '@banter/client';

import { endSession } from './session-end';

/** Where the server is: this page's own origin, or the one that `index.html` names when it is hosted apart. */
const baseUrl =
  document.querySelector<HTMLMetaElement>('meta[name="banter-server"]')?.content.replace(/\/$/, '') ?? '';

const socketUrl = `${(baseUrl || location.origin).replace(/^http/, 'ws')}/ws`;

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

/** The address of a file of the server's. */
export function fileUrl(path: string): string {
  return path.startsWith('/') ? baseUrl + path : path;
}
