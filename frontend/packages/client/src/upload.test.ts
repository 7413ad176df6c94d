import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { ApiError, NetworkError } from './errors.js';
import { postFile, type UploadOptions } from './upload.js';

/** As much of XMLHttpRequest as is used. */
class FakeRequest {
  static made: FakeRequest[] = [];
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;
  onloadend?: () => void;
  headers: Record<string, string> = {};
  place = '';
  form: FormData | undefined;
  status = 0;
  responseText = '';

  constructor() {
    FakeRequest.made.push(this);
  }

  open(method: string, url: string) {
    this.place = `${method} ${url}`;
  }

  setRequestHeader(name: string, value: string) {
    this.headers[name] = value;
  }

  getResponseHeader(name: string) {
    return name === 'Retry-After' ? '3' : null;
  }

  send(form: FormData) {
    this.form = form;
  }

  abort() {
    this.onabort?.();
    this.onloadend?.();
  }

  answer(status: number, body: string) {
    Object.assign(this, { status, responseText: body });
    this.onload?.();
    this.onloadend?.();
  }
}

beforeEach(() => {
  FakeRequest.made = [];
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
});

afterEach(() => vi.unstubAllGlobals());

function post(options: Partial<UploadOptions> = {}) {
  const file = new Blob(['abc']);
  const answer = postFile(
    '/api/upload',
    'secret',
    file,
    { scene: 'message', name: 'a', ...options },
    undefined,
  );
  const [request] = FakeRequest.made;
  if (!request) throw new Error('nothing was sent');
  return { answer, request };
}

const envelope = (code: number, data: unknown = {}) => JSON.stringify({ code, message: 'said', data });

describe('an upload of a page', () => {
  it('brings the form and the token, and gives the data', async () => {
    const { answer, request } = post();
    expect(request.place).toBe('POST /api/upload');
    expect(request.headers).toEqual({ Authorization: 'Bearer secret' });
    expect([...(request.form?.keys() ?? [])]).toEqual(['scene', 'file']);
    request.answer(200, envelope(0, { url: '/uploads/1' }));
    await expect(answer).resolves.toEqual({ url: '/uploads/1' });
  });

  it('tells its progress', () => {
    const progress: number[][] = [];
    const { request } = post({ onProgress: (loaded, total) => progress.push([loaded, total]) });
    request.upload.onprogress?.({ loaded: 1, total: 3 });
    request.upload.onprogress?.({ loaded: 3, total: 3 });
    expect(progress).toEqual([
      [1, 3],
      [3, 3],
    ]);
  });

  it('fails as other requests do', async () => {
    const refused = post();
    refused.request.answer(429, envelope(429));
    await expect(refused.answer).rejects.toMatchObject({ name: 'ApiError', code: 429, retryAfter: 3 });
    FakeRequest.made = [];
    const odd = post();
    odd.request.answer(413, '<html>');
    await expect(odd.answer).rejects.toBeInstanceOf(ApiError);
    FakeRequest.made = [];
    const lost = post();
    lost.request.onerror?.();
    await expect(lost.answer).rejects.toBeInstanceOf(NetworkError);
  });

  it('stops on demand', async () => {
    const stop = new AbortController();
    const { answer } = post({ signal: stop.signal });
    stop.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('does not begin when it was stopped before', async () => {
    const answer = postFile('/', '', new Blob(), { scene: 'room', signal: AbortSignal.abort() }, undefined);
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    expect(FakeRequest.made).toEqual([]);
  });
});
