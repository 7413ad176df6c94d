/** The signed-in session: an access token in memory, and the cookie that gets the next one. */

import { failureOf, headOf, unwrap } from './answer.js';
import { isSignedOut } from './errors.js';

/** Why nobody is signed in any more. */
export type SessionEnd = 'signed-out' | 'expired';

export interface SessionOptions {
  baseUrl: string;
  fetch: typeof fetch;
  /** Keeps tabs from refreshing at once; `null` where there are none. */
  locks: LockManager | null;
  ended(reason: SessionEnd): void;
}

interface Token {
  text: string;
  renewAt: number;
}

interface Issued {
  accessToken: string;
  expiresAt: string;
}

/** A token is renewed when this much of its time is left, at most: timers of hidden pages may be a minute late. */
const RENEW_AHEAD = 120_000;
/** How long a refresh may take. */
const PATIENCE = 20_000;
/** A wrong clock must not make us refresh before each request. */
const SHORTEST_LIFE = 5_000;

export class Session {
  #options: SessionOptions;
  #token: Token | null = null;
  #refreshing: Promise<string> | null = null;
  /** Where no browser keeps cookies, such as in Node; never readable in one. */
  #cookie: string | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** The access token at hand, good or not. */
  get token(): string | null {
    return this.#token?.text ?? null;
  }

  /** Milliseconds until the token is to be renewed. */
  get renewIn(): number {
    return Math.max(0, (this.#token?.renewAt ?? 0) - Date.now());
  }

  /** A token that is good for a while yet. */
  async valid(): Promise<string> {
    return this.#token && this.renewIn > 0 ? this.#token.text : this.refresh();
  }

  /** A new token for the cookie. Tabs share the cookie, which is good once: they take turns. */
  refresh(): Promise<string> {
    const { locks } = this.#options;
    this.#refreshing ??= (
      locks ? locks.request('banter-refresh', () => this.#exchange()) : this.#exchange()
    ).finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  /** Takes the tokens of an answer to a login or a refresh. */
  keep({ accessToken, expiresAt }: Issued, response: Response) {
    // Only the difference of two times of the server is free of the error of our clock.
    const sent = Date.parse(response.headers.get('Date') ?? '') || Date.now();
    const life = Math.max(Date.parse(expiresAt) - sent, SHORTEST_LIFE);
    this.#token = {
      text: accessToken,
      renewAt: Date.now() + life - Math.min(RENEW_AHEAD, life / 4),
    };
    const cookies = response.headers.getSetCookie?.() ?? [];
    this.#cookie = cookies.find((cookie) => cookie.startsWith('banter_refresh='))?.split(';')[0] ?? null;
  }

  /** Forgets the session, and tells so where there was one. */
  end(reason: SessionEnd) {
    const wasOpen = this.#token !== null;
    this.#token = null;
    this.#cookie = null;
    if (wasOpen) this.#options.ended(reason);
  }

  async #exchange(): Promise<string> {
    const { baseUrl, fetch } = this.#options;
    try {
      const response = await fetch(`${baseUrl}/api/refresh`, {
        method: 'POST',
        // The page may go away, the new cookie must come all the same.
        keepalive: true,
        signal: AbortSignal.timeout(PATIENCE),
        headers: this.#cookie ? { cookie: this.#cookie } : {},
      });
      const issued = unwrap(await response.json(), headOf(response)) as Issued;
      this.keep(issued, response);
      return issued.accessToken;
    } catch (cause) {
      const failure = failureOf(cause);
      if (isSignedOut(failure)) this.end('expired');
      throw failure;
    }
  }
}
