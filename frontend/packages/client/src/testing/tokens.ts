/** Where a test decides about tokens. */

import { ApiError } from '../errors.js';
import type { TokenSource } from '../link.js';

export const signedOut = () => new ApiError('not authenticated', { code: 401, status: 401 });

export class FakeTokens implements TokenSource {
  renewIn = 15 * 60_000;
  refreshes = 0;
  /** What asking for a token meets with. */
  failure: Error | null = null;
  #userId: number;
  #serial = 1;

  constructor(userId: number) {
    this.#userId = userId;
  }

  get current(): string {
    return `token-${this.#userId}-${this.#serial}`;
  }

  accessToken(): Promise<string> {
    if (this.renewIn === 0) return this.refresh().then(() => this.current);
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(this.current);
  }

  refresh(): Promise<void> {
    this.refreshes += 1;
    if (this.failure) return Promise.reject(this.failure);
    this.#serial += 1;
    this.renewIn = 15 * 60_000;
    return Promise.resolve();
  }
}
