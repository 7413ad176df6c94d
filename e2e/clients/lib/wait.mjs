// Waiting with an end: no test hangs, and each wait that runs out says what it waited for.

export const PATIENCE_MS = 8_000;

/** The promise's value, or an error that names what did not come in time. */
export function within(promise, what, ms = PATIENCE_MS) {
  let timer;
  const late = new Promise((_, reject) => {
    const error = new Error(`waited ${ms} ms in vain for ${what}`);
    timer = setTimeout(() => reject(error), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Asks again and again until the answer is neither false nor an error, for things that send no event. */
export async function until(ask, what, ms = PATIENCE_MS) {
  const end = Date.now() + ms;
  let last = 'it was never so';
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer) return answer;
    } catch (error) {
      last = error.message;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited ${ms} ms in vain until ${what}: ${last}`);
}
