/** When the page was loaded anew for a missing part, in milliseconds. */
const KEY = 'banter:loaded-anew';
/** A part that is missing again so soon is not there anew either. */
const PAUSE = 60_000;

let isMissing = false;

/** Notes when a part of the app cannot be loaded. */
export function watchParts(): void {
  addEventListener('vite:preloadError', () => (isMissing = true));
}

/**
 * Whether the page should be loaded anew: a release takes the parts of the one before with it, and a page that is still
 * open misses them. True once in a while only.
 */
export function shouldLoadAnew(): boolean {
  if (!isMissing || !navigator.onLine) return false;
  try {
    const now = Date.now();
    const last = Number(sessionStorage.getItem(KEY));
    sessionStorage.setItem(KEY, String(now));
    return now - last > PAUSE;
  } catch {
    // A browser that keeps nothing might load the page anew for ever.
    return false;
  }
}
