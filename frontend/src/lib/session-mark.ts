const KEY = 'banter:session';
const HERE = '1';
const GONE = '0';

/** Whether somebody signed in here: where nobody did, the server need not be asked who it is. No secret. */
export const sessionMark = {
  isSet: () => read() === HERE,
  /** Whether somebody did at any time. */
  wasEverSet: () => read() !== null,
  set: () => write(HERE),
  clear: () => write(GONE),
};

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // A browser that keeps nothing: asking is the only way.
    return HERE;
  }
}

function write(value: string): void {
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // See above.
  }
}
