/** Characters at the end of a long name that are always shown, the extension included. */
const TAIL = 9;
/** Names up to this length are not worth cutting. */
const SHORT = 18;

/** Cuts a name in two, so that only the first part gives way where room is short: "train-opt" + "ions.pdf". */
export function splitName(name: string): [head: string, tail: string] {
  const letters = [...name];
  if (letters.length <= SHORT) return [name, ''];
  return [letters.slice(0, -TAIL).join(''), letters.slice(-TAIL).join('')];
}

const BY_FAMILY: Record<string, string> = { image: 'IMG', video: 'VID', audio: 'AUD', text: 'TXT' };

/** At most four letters that tell what a file is. */
export function typeLabel(name: string, mime: string): string {
  const extension = /\.([a-z0-9]{1,4})$/i.exec(name)?.[1];
  return extension?.toUpperCase() ?? BY_FAMILY[mime.split('/')[0] ?? ''] ?? 'FILE';
}
