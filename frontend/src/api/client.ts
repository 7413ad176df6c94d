// The one REST client and the one live connection of this page.
import { Api, Chat, IndexedDbStorage } from '@banter/client';

import { endSession } from './session-end';

/** What `index.html` says in a meta tag when it is hosted apart; docs/web-app.md tells when and how. */
const named = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content;

/** Where the server is, unless it is this page's own origin. */
const baseUrl = named('banter-server')?.replace(/\/$/, '') ?? '';

/** A host of pages may pass on requests but no sockets: those go to the server itself then. */
const socketUrl = named('banter-socket') ?? `${(baseUrl || location.origin).replace(/^http/, 'ws')}/ws`;

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
