/** A server behind `fetch`: answers as it is told, and notes what was asked. */

export interface Asked {
  method: string;
  /** Path and query. */
  path: string;
  token: string | null;
  cookie: string | null;
  body: unknown;
  keepalive: boolean;
}

interface Answer {
  status?: number;
  code?: number;
  message?: string;
  data?: unknown;
  headers?: Record<string, string>;
  /** Instead of the envelope. */
  raw?: string;
}

type Handler = (asked: Asked) => Answer | Error | Promise<Answer | Error>;

const bearer = /^Bearer (.+)$/;

export class FakeHttp {
  asked: Asked[] = [];
  handlers: Record<string, Handler> = {};

  fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const text = request.headers.get('content-type')?.includes('json') ? await request.text() : '';
    const asked = {
      method: request.method,
      path: url.pathname + url.search,
      token: bearer.exec(request.headers.get('authorization') ?? '')?.[1] ?? null,
      cookie: (init?.headers as Record<string, string> | undefined)?.cookie ?? null,
      body: text ? (JSON.parse(text) as unknown) : await formOf(request),
      keepalive: request.keepalive,
    };
    this.asked.push(asked);
    request.signal.throwIfAborted();
    const answer = await this.handlers[`${asked.method} ${url.pathname}`]?.(asked);
    if (answer instanceof Error) throw answer;
    const {
      status = 200,
      code = 0,
      message = 'success',
      data = {},
      headers = {},
      raw,
    } = answer ?? { status: 404, code: 404 };
    return new Response(raw ?? JSON.stringify({ code, message, data }), { status, headers });
  };

  /** Paths of all questions, with their methods. */
  get paths(): string[] {
    return this.asked.map(({ method, path }) => `${method} ${path}`);
  }
}

async function formOf(request: Request): Promise<unknown> {
  if (!request.headers.get('content-type')?.startsWith('multipart/form-data')) return undefined;
  const form = await request.formData();
  return [...form].map(([name, value]) => [
    name,
    value instanceof File ? `${value.name} (${value.size})` : value,
  ]);
}
