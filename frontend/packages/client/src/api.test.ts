import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Api, type ApiOptions } from './api.js';
import { ApiError, NetworkError } from './errors.js';
import { FakeHttp } from './testing/http.js';
import { FakeLocks } from './testing/locks.js';

const MINUTE = 60_000;
const START = '2026-01-31T08:00:00.000Z';

let http: FakeHttp;
let serial: number;
let endings: string[];

/** The server's clock, which may be another than ours. */
let serverTime: () => number;

function issue(headers: Record<string, string> = {}) {
  serial += 1;
  const date = new Date(serverTime()).toUTCString();
  const expiresAt = new Date(serverTime() + 15 * MINUTE).toISOString();
  return {
    data: { accessToken: `token-${serial}`, expiresAt, user: { id: 1 } },
    headers: { date, ...headers },
  };
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse(START), toFake: ['Date'] });
  http = new FakeHttp();
  serial = 0;
  endings = [];
  serverTime = () => Date.now();
  http.handlers['POST /api/login'] = () => issue();
  http.handlers['POST /api/refresh'] = () => issue();
  http.handlers['GET /api/userInfo'] = ({ token }) => ({ data: { id: 1, token } });
});

afterEach(() => vi.useRealTimers());

const makeApi = (options: ApiOptions = {}) =>
  new Api({
    baseUrl: 'https://chat.test/',
    fetch: http.fetch,
    locks: null,
    onSessionEnded: (reason) => endings.push(reason),
    ...options,
  });

async function signedIn(options?: ApiOptions): Promise<Api> {
  const api = makeApi(options);
  await api.login({ email: 'ann@example.org', password: 'correct horse' });
  return api;
}

const refusal = (status: number, code = status) => ({ status, code, message: 'no', data: {} });
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);
const refreshes = () => http.paths.filter((path) => path === 'POST /api/refresh').length;

describe('answers', () => {
  it('give their data', async () => {
    http.handlers['GET /api/friend'] = () => ({ data: [{ id: 2 }] });
    await expect((await signedIn()).friends()).resolves.toEqual([{ id: 2 }]);
  });

  it('that are failures say all that is known', async () => {
    const headers = { 'Retry-After': '7', 'X-Request-Id': 'abc' };
    http.handlers['GET /api/friend'] = () => ({ status: 429, code: 429, message: 'slowly', headers });
    const failure = await (await signedIn()).friends().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect(failure).toMatchObject({
      status: 429,
      code: 429,
      message: 'slowly',
      retryAfter: 7,
      requestId: 'abc',
    });
  });

  it('may name a moment instead of a number of seconds', async () => {
    const headers = { 'Retry-After': new Date(Date.now() + 30_000).toUTCString() };
    http.handlers['GET /api/friend'] = () => ({ ...refusal(503), headers });
    await expect((await signedIn()).friends()).rejects.toMatchObject({ retryAfter: 30 });
  });

  it.each([
    ['a proxy with 502', { status: 502, raw: '<html>' }, NetworkError],
    ['a portal with 200', { status: 200, raw: '<html>' }, NetworkError],
    ['a proxy with 413', { status: 413, raw: '<html>' }, ApiError],
    ['nobody', new TypeError('fetch failed'), NetworkError],
  ])('of %s are told apart from the server', async (_who, answer, kind) => {
    http.handlers['GET /api/friend'] = () => answer;
    await expect((await signedIn()).friends()).rejects.toBeInstanceOf(kind);
  });
});

describe('requests', () => {
  it.each<[string, unknown, (api: Api) => Promise<unknown>]>([
    ['POST /api/userInfo', { bio: 'hi' }, (api) => api.updateProfile({ bio: 'hi' })],
    [
      'POST /api/password',
      { oldPassword: 'a', newPassword: 'b' },
      (api) => api.changePassword({ oldPassword: 'a', newPassword: 'b' }),
    ],
    ['GET /api/session', undefined, (api) => api.sessions()],
    ['DELETE /api/session?id=3', undefined, (api) => api.revokeSession(3)],
    [
      'POST /api/preference',
      { items: [{ key: 'a', value: 1 }] },
      (api) => api.setPreferences([{ key: 'a', value: 1 }]),
    ],
    ['GET /api/user?userName=an&limit=5', undefined, (api) => api.findUsers({ userName: 'an', limit: 5 })],
    ['POST /api/friend', { id: 2 }, (api) => api.addFriend(2)],
    ['DELETE /api/friend?id=2', undefined, (api) => api.removeFriend(2)],
    ['GET /api/room?limit=2&cursor=9', undefined, (api) => api.rooms({ limit: 2, cursor: 9 })],
    ['GET /api/room?id=7', undefined, (api) => api.room(7)],
    ['POST /api/room', { name: 'Garden' }, (api) => api.createRoom({ name: 'Garden' })],
    ['PATCH /api/room', { id: 7, name: 'Yard' }, (api) => api.updateRoom({ id: 7, name: 'Yard' })],
    ['DELETE /api/room?id=7', undefined, (api) => api.deleteRoom(7)],
    ['POST /api/joinRoom', {}, (api) => api.joinRoom()],
    ['POST /api/joinRoom', { id: 7 }, (api) => api.joinRoom(7)],
    ['GET /api/room/open?q=gard', undefined, (api) => api.openRooms({ q: 'gard' })],
    ['GET /api/room/member?id=7&limit=50', undefined, (api) => api.members({ id: 7, limit: 50 })],
    ['DELETE /api/room/member?id=7&userId=2', undefined, (api) => api.removeMember(7, 2)],
    ['GET /api/room/messages?id=7&beforeSeq=40', undefined, (api) => api.history({ id: 7, beforeSeq: 40 })],
    ['PATCH /api/room/message', { id: 5, textMessage: { text: 'x' } }, (api) => api.edit(5, { text: 'x' })],
    ['DELETE /api/room/message?id=5', undefined, (api) => api.recall(5)],
    ['POST /api/room/read', { id: 7, seq: 40 }, (api) => api.markRead(7, 40)],
    ['POST /api/room/reaction', { id: 5, emoji: '😀', on: false }, (api) => api.react(5, '😀', false)],
    [
      'GET /api/search?q=tea&from=2&has=image',
      undefined,
      (api) => api.search({ q: 'tea', from: 2, has: 'image' }),
    ],
  ])('go as %s %j', async (place, body, call) => {
    const api = await signedIn();
    http.handlers[place.split('?')[0] ?? ''] = () => ({ data: [] });
    await call(api);
    expect(http.paths.at(-1)).toBe(place);
    expect(http.asked.at(-1)).toMatchObject({ token: 'token-1', body });
  });

  it('send messages', async () => {
    http.handlers['POST /api/room/message'] = ({ body }) => ({ data: body });
    const outgoing = { channelId: 7, contentType: 'TEXT_MESSAGE', textMessage: { text: 'hi' } } as const;
    await expect((await signedIn()).send(outgoing)).resolves.toEqual(outgoing);
  });

  it('fetch all pages of preferences', async () => {
    const keys = Array.from({ length: 230 }, (_, number) => `k${String(number).padStart(3, '0')}`);
    http.handlers['GET /api/preference'] = ({ path }) => {
      const { cursor, limit } = Object.fromEntries(new URL(path, 'https://chat.test').searchParams);
      const from = cursor ? keys.indexOf(cursor) + 1 : 0;
      return { data: keys.slice(from, from + Number(limit)).map((key) => ({ key })) };
    };
    const preferences = await (await signedIn()).preferences();
    expect(preferences.map(({ key }) => key)).toEqual(keys);
  });

  it('can be stopped, which is no failure of the network', async () => {
    const api = await signedIn();
    const stop = new AbortController();
    http.handlers['GET /api/search'] = () => {
      stop.abort();
      return new DOMException('aborted', 'AbortError');
    };
    await expect(api.search({ q: 'tea', signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the access token', () => {
  it('is fetched for the cookie when there is none', async () => {
    const api = makeApi();
    await expect(api.accessToken()).resolves.toBe('token-1');
    expect(http.asked).toMatchObject([{ method: 'POST', path: '/api/refresh', keepalive: true }]);
  });

  it('is used until shortly before its end', async () => {
    const api = await signedIn();
    expect(api.renewIn).toBe(13 * MINUTE);
    pass(13 * MINUTE - 1);
    await expect(api.accessToken()).resolves.toBe('token-1');
    pass(1);
    expect(api.renewIn).toBe(0);
    await expect(api.accessToken()).resolves.toBe('token-2');
  });

  it('is measured by the clock of the server', async () => {
    serverTime = () => Date.now() - 3 * 60 * MINUTE;
    expect((await signedIn()).renewIn).toBe(13 * MINUTE);
  });

  it('is not fetched before each request when the clocks cannot be compared', async () => {
    http.handlers['POST /api/login'] = () => ({
      data: { ...issue().data, expiresAt: '2026-01-31T05:00:00.000Z' },
    });
    const api = await signedIn();
    await api.me();
    await api.me();
    expect(refreshes()).toBe(0);
  });

  it('is fetched once for all who need it', async () => {
    const api = makeApi();
    await Promise.all([api.me(), api.me(), api.accessToken(), api.refresh()]);
    expect(refreshes()).toBe(1);
  });

  it('is fetched under a lock that tabs share', async () => {
    const locks = new FakeLocks();
    let running = 0;
    http.handlers['POST /api/refresh'] = async () => {
      expect(++running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve));
      running -= 1;
      return issue();
    };
    const tabs = [makeApi({ locks: locks.manager }), makeApi({ locks: locks.manager })];
    await Promise.all(tabs.map((tab) => tab.accessToken()));
    expect(locks.taken).toEqual(['banter-refresh', 'banter-refresh']);
  });

  it('that is refused is replaced, and the request made again', async () => {
    http.handlers['GET /api/userInfo'] = ({ token }) =>
      token === 'token-1' ? refusal(401) : { data: { token } };
    await expect((await signedIn()).me()).resolves.toEqual({ token: 'token-2' });
    expect(http.paths).toEqual([
      'POST /api/login',
      'GET /api/userInfo',
      'POST /api/refresh',
      'GET /api/userInfo',
    ]);
  });

  it('that many requests find refused is replaced once', async () => {
    http.handlers['GET /api/userInfo'] = ({ token }) =>
      token === 'token-1' ? refusal(401) : { data: { token } };
    const api = await signedIn();
    await Promise.all([api.me(), api.me(), api.me()]);
    expect(refreshes()).toBe(1);
  });

  it('is not replaced twice because an old refusal comes late', async () => {
    const api = await signedIn();
    let refuseLate = () => {};
    http.handlers['GET /api/friend'] = ({ token }) =>
      token === 'token-1'
        ? new Promise((resolve) => (refuseLate = () => resolve(refusal(401))))
        : { data: [token] };
    http.handlers['GET /api/userInfo'] = ({ token }) =>
      token === 'token-1' ? refusal(401) : { data: { token } };
    const late = api.friends();
    await api.me();
    refuseLate();
    await expect(late).resolves.toEqual(['token-2']);
    expect(refreshes()).toBe(1);
  });

  it('is not replaced because of a wrong password', async () => {
    http.handlers['POST /api/password'] = () => refusal(401, 1002);
    const api = await signedIn();
    await expect(api.changePassword({ oldPassword: 'a', newPassword: 'b' })).rejects.toMatchObject({
      code: 1002,
    });
    expect(refreshes()).toBe(0);
  });
});

describe('the cookie', () => {
  it('is kept where no browser does, and exchanged', async () => {
    let cookies = 0;
    const cookie = () => ({ 'set-cookie': `banter_refresh=secret${++cookies}; Path=/api/refresh; HttpOnly` });
    http.handlers['POST /api/login'] = () => issue(cookie());
    http.handlers['POST /api/refresh'] = () => issue(cookie());
    const api = await signedIn();
    await api.refresh();
    await api.refresh();
    expect(http.asked.map((asked) => asked.cookie)).toEqual([
      null,
      'banter_refresh=secret1',
      'banter_refresh=secret2',
    ]);
  });
});

describe('the end of a session', () => {
  it('is told once', async () => {
    http.handlers['GET /api/userInfo'] = () => refusal(401);
    http.handlers['POST /api/refresh'] = () => refusal(401);
    const api = await signedIn();
    await expect(api.me()).rejects.toMatchObject({ status: 401 });
    await expect(api.me()).rejects.toMatchObject({ status: 401 });
    expect(endings).toEqual(['expired']);
  });

  it('is not told to who never was signed in', async () => {
    http.handlers['POST /api/refresh'] = () => refusal(401);
    await expect(makeApi().refresh()).rejects.toMatchObject({ status: 401 });
    expect(endings).toEqual([]);
  });

  it('is not taken from a network that is away', async () => {
    const api = await signedIn();
    http.handlers['POST /api/refresh'] = () => new TypeError('fetch failed');
    await expect(api.refresh()).rejects.toBeInstanceOf(NetworkError);
    expect(endings).toEqual([]);
    await expect(api.accessToken()).resolves.toBe('token-1');
  });

  it('comes with signing out', async () => {
    const api = await signedIn();
    http.handlers['POST /api/logout'] = () => ({});
    http.handlers['POST /api/refresh'] = () => refusal(401);
    await api.logout();
    expect(http.asked.at(-1)).toMatchObject({ path: '/api/logout', token: 'token-1' });
    expect(endings).toEqual(['signed-out']);
    await expect(api.accessToken()).rejects.toMatchObject({ status: 401 });
  });

  it('does not come when signing out does not reach the server', async () => {
    const api = await signedIn();
    http.handlers['POST /api/logout'] = () => new TypeError('fetch failed');
    await expect(api.logout()).rejects.toBeInstanceOf(NetworkError);
    expect(endings).toEqual([]);
  });

  it('of who is signed out already is no mistake', async () => {
    http.handlers['POST /api/refresh'] = () => refusal(401);
    await expect(makeApi().logout()).resolves.toBeUndefined();
  });
});

describe('uploads', () => {
  const answer = { url: '/uploads/1', name: 'a.txt' };

  it('name their purpose before the file', async () => {
    http.handlers['POST /api/upload'] = () => ({ data: answer });
    const api = await signedIn();
    const file = new Blob(['abc']);
    await expect(api.upload(file, { name: 'a.txt', scene: 'message' })).resolves.toEqual(answer);
    expect(http.asked.at(-1)).toMatchObject({
      token: 'token-1',
      body: [
        ['scene', 'message'],
        ['file', 'a.txt (3)'],
      ],
    });
  });

  it('take the name of a file', async () => {
    http.handlers['POST /api/upload'] = () => ({ data: answer });
    await (await signedIn()).upload(new File(['abc'], 'own.txt'), { scene: 'avatar' });
    expect(http.asked.at(-1)?.body).toContainEqual(['file', 'own.txt (3)']);
  });

  it('are refused by the server with its own words', async () => {
    http.handlers['POST /api/upload'] = () => refusal(413);
    await expect((await signedIn()).upload(new Blob(['abc']), { scene: 'room' })).rejects.toMatchObject({
      code: 413,
    });
  });

  it('can be stopped', async () => {
    const api = await signedIn();
    const stop = AbortSignal.abort();
    const stopped = api.upload(new Blob(['abc']), { scene: 'room', signal: stop });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
  });
});
