/** From HTTP answers to data, or to errors that say what happened. */

import { ApiError, NetworkError } from './errors.js';

interface Envelope {
  code: number;
  message: string;
  data: unknown;
}

/** The part of a response that says how it went; an XMLHttpRequest can give it too. */
export interface AnswerHead {
  status: number;
  header(name: string): string | null;
}

export const headOf = (response: Response): AnswerHead => ({
  status: response.status,
  header: (name) => response.headers.get(name),
});

/** The data of an envelope that reports success; throws what the others say. */
export function unwrap(body: unknown, head: AnswerHead): unknown {
  const { status } = head;
  if (!isEnvelope(body)) {
    // Not the server speaks, but something between it and us.
    throw status >= 400 && status < 500
      ? new ApiError(`HTTP status ${status}`, { code: status, status })
      : new NetworkError(`an answer with status ${status} that is not the server's`);
  }
  if (body.code === 0) return body.data;
  throw new ApiError(body.message, {
    code: body.code,
    status,
    retryAfter: secondsOf(head.header('Retry-After')),
    requestId: head.header('X-Request-Id') ?? undefined,
  });
}

/** What a failed fetch means: whoever stopped it hears their own reason, all others that nobody answered. */
export function failureOf(cause: unknown, signal?: AbortSignal | null): unknown {
  if (signal?.aborted) return signal.reason;
  if (cause instanceof ApiError || cause instanceof NetworkError) return cause;
  return new NetworkError('the server did not answer', { cause });
}

function isEnvelope(body: unknown): body is Envelope {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'number';
}

/** `Retry-After` is a number of seconds or a date. */
function secondsOf(text: string | null): number | undefined {
  if (text === null) return undefined;
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}
