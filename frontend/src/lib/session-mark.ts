const KEY = 'banter:session';

/** Whether somebody signed in here: where nobody did, the server need not be asked who it is. No secret. */
export const sessionMark = {
  isSet: () => read() !== null,
  set: () => write('1'),
  clear: () => write(null),
};

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // A browser that keeps nothing: asking is the only way.
    return '1';
  }
}

function write(value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, value);
  } catch {
    // See above.
  }
}
