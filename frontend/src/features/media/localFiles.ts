// Files that this page sends, by the message's own id, with an address for each.
import { chat } from '@/api/client';

interface LocalFile {
  objectUrl: string;
  /** Pixels; the server does not measure everything that a browser can. */
  width?: number;
  height?: number;
}

/** Kept at once. The one that nobody asked for the longest goes first. */
const KEPT_MAX = 60;

const files = new Map<string, LocalFile>();

function keep(clientMsgId: string, entry: LocalFile): LocalFile {
  // The order of insertion is the order of use.
  files.delete(clientMsgId);
  files.set(clientMsgId, entry);
  for (const [id, { objectUrl }] of files) {
    if (files.size <= KEPT_MAX) break;
    URL.revokeObjectURL(objectUrl);
    files.delete(id);
  }
  return entry;
}

/** A file that this page sends or has sent; after a reload, what waits in the outbox. */
export function localFile(clientMsgId: string): LocalFile | undefined {
  const known = files.get(clientMsgId);
  if (known) return keep(clientMsgId, known);
  const draft = chat.outbox.items.find((item) => item.clientMsgId === clientMsgId)?.draft;
  if (draft?.kind !== 'media') return undefined;
  const { file, width, height } = draft;
  return keep(clientMsgId, { objectUrl: URL.createObjectURL(file), width, height });
}

/** Forgets all files, such as when somebody else signs in. */
export function forgetLocalFiles(): void {
  for (const { objectUrl } of files.values()) URL.revokeObjectURL(objectUrl);
  files.clear();
}
