const BYTES_MIN = 8;
/** More than this the server would not tell apart. */
const BYTES_MAX = 72;

/** Whether a password has a length that the server takes. */
export function isPasswordLong(password: string): boolean {
  const bytes = new TextEncoder().encode(password).length;
  return bytes >= BYTES_MIN && bytes <= BYTES_MAX;
}
