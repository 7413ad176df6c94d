/** What is known of a failure besides its text. */
export interface ApiErrorDetails {
  code: number;
  status: number;
  retryAfter?: number;
  requestId?: string;
}

/** An answer of the server that is not a success. */
export class ApiError extends Error {
  override name = 'ApiError';
  /** The code of the envelope, such as 404 or 1001. */
  readonly code: number;
  /** The HTTP status; over the socket the one that belongs to the code. */
  readonly status: number;
  /** Seconds to wait before another try. */
  readonly retryAfter?: number;
  /** What the operator finds in the log. */
  readonly requestId?: string;

  constructor(message: string, { code, status, retryAfter, requestId }: ApiErrorDetails) {
    super(message);
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
    this.requestId = requestId;
  }
}

/** No answer came: the network, the server or a proxy between them is away. */
export class NetworkError extends Error {
  override name = 'NetworkError';
}

/** True for the 401 that says that nobody is signed in, not for the one that a wrong password gets. */
export const isSignedOut = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.status === 401 && error.code !== 1002;
