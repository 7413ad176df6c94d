// Files that this page sends, by the message's own id, with an address for each.
import { chat } from '@/api/client';

interface LocalFile {
  file: Blob;
  objectUrl: string;
}

/** Kept at once. The one that nobody asked for the longest goes first. */
const KEPT_MAX = 60;

const files = new Map<string, LocalFile>();

/** Keeps a file's bytes at hand beyond its upload. */
export function keepLocalFile(clientMsgId: string, file: Blob): LocalFile {
  const known = files.get(clientMsgId);
  const entry = known ?? { file, objectUrl: URL.createObjectURL(file) };
  // The order of insertion is the order of use.
  files.delete(clientMsgId);
  files.set(clientMsgId, entry);
  if (files.size > KEPT_MAX) dropOldest();
  return entry;
}

function dropOldest() {
  for (const [id, { objectUrl }] of files) {
    URL.revokeObjectURL(objectUrl);
    files.delete(id);
    return;
  }
}

/** The address of a file that this page sends or has sent; after a reload, of what waits in the outbox. */
export function localUrl(clientMsgId: string): string | undefined {
  const known = files.get(clientMsgId);
  if (known) return keepLocalFile(clientMsgId, known.file).objectUrl;
  const draft = chat.outbox.items.find((item) => item.clientMsgId === clientMsgId)?.draft;
  return draft?.kind === 'media' ? keepLocalFile(clientMsgId, draft.file).objectUrl : undefined;
}

/** Forgets all files, such as when somebody else signs in. */
export function forgetLocalFiles(): void {
  for (const { objectUrl } of files.values()) URL.revokeObjectURL(objectUrl);
  files.clear();
}
