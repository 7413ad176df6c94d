/** By then a page that was just opened has nothing else to do, in milliseconds. */
const IDLE_MS = 10_000;

/** Runs something once the page has nothing else to do, such as loading what is opened next; the answer calls it off. */
export function whenIdle(run: () => void): () => void {
  // Not all browsers say when they are idle.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(run, IDLE_MS);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(run, { timeout: IDLE_MS });
  return () => cancelIdleCallback(idle);
}
