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

  constructor(
    message: string,
    details: { code: number; status: number; retryAfter?: number; requestId?: string },
  ) {
    super(message);
    this.code = details.code;
    this.status = details.status;
    this.retryAfter = details.retryAfter;
    this.requestId = details.requestId;
  }
}

/** No answer came: the network, the server or a proxy between them is away. */
export class NetworkError extends Error {
  override name = 'NetworkError';
}
