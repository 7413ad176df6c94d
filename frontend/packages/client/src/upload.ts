/** Uploading a file, with progress where the platform tells any. */

import { failureOf, headOf, unwrap } from './answer.js';
import { NetworkError } from './errors.js';

export interface UploadOptions {
  /** The file's name; a `File` has its own. */
  name?: string;
  /** What the file is for. */
  scene: 'avatar' | 'room' | 'message';
  onProgress?: (loaded: number, total: number) => void;
  signal?: AbortSignal;
}

/** Posts a file and gives the answer's data; `fetch` is used where it is given. */
export function postFile(
  url: string,
  token: string,
  file: Blob,
  options: UploadOptions,
  fetch: typeof globalThis.fetch | undefined,
): Promise<unknown> {
  const form = new FormData();
  // The server wants to know the scene before the bytes come.
  form.append('scene', options.scene);
  form.append('file', file, options.name ?? (file instanceof File ? file.name : 'file'));
  const post = fetch ? postByFetch(fetch) : postByXhr;
  return post(url, token, form, options);
}

type Post = (url: string, token: string, form: FormData, options: UploadOptions) => Promise<unknown>;

const bearer = (token: string) => `Bearer ${token}`;

const postByFetch =
  (fetch: typeof globalThis.fetch): Post =>
  async (url, token, form, { signal }) => {
    try {
      const headers = { Authorization: bearer(token) };
      const response = await fetch(url, { method: 'POST', headers, body: form, signal });
      return unwrap(await response.json().catch(() => null), headOf(response));
    } catch (cause) {
      throw failureOf(cause, signal);
    }
  };

const postByXhr: Post = async (url, token, form, options) => {
  const request = await sent(url, token, form, options);
  const header = (name: string) => request.getResponseHeader(name);
  return unwrap(parsed(request.responseText), { status: request.status, header });
};

/** Only XMLHttpRequest tells how many bytes have left. */
function sent(url: string, token: string, form: FormData, { onProgress, signal }: UploadOptions) {
  return new Promise<XMLHttpRequest>((resolve, reject) => {
    signal?.throwIfAborted();
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    signal?.addEventListener('abort', stop);
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(loaded, total);
    request.onload = () => resolve(request);
    request.onerror = () => reject(new NetworkError('the upload was cut off'));
    request.onabort = () => reject(new DOMException('the upload was stopped', 'AbortError'));
    request.onloadend = () => signal?.removeEventListener('abort', stop);
    request.open('POST', url);
    request.setRequestHeader('Authorization', bearer(token));
    request.send(form);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
