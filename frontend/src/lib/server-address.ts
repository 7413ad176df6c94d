/** What `index.html` says in a meta tag when it is hosted apart; docs/web-app.md tells when and how. */
const named = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content;

/** Where the server is, unless it is this page's own origin. */
export const baseUrl = named('banter-server')?.replace(/\/$/, '') ?? '';

/** A host of pages may pass on requests but no sockets: those go to the server itself then. */
export const socketUrl =
  named('banter-socket') ?? `${(baseUrl || location.origin).replace(/^http/, 'ws')}/ws`;

/** The address of a file of the server's. */
export function fileUrl(path: string): string {
  return path.startsWith('/') ? baseUrl + path : path;
}
