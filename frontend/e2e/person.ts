// Somebody with an account, an open browser, and a way to the API beside it.
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

import type { Server } from './server';

const PASSWORD = 'a good password';

/** Failures that a test brings about itself and that browsers report all the same. */
const EXPECTED = /net::ERR_|Failed to load resource|WebSocket connection to|blocked by Playwright/;

interface Answer<Data> {
  code: number;
  message: string;
  data: Data;
}

export interface RoomView {
  id: number;
  name: string;
  lastSeq: number;
  unreadCount: number;
}

let lastNumber = 0;

export class Person {
  token = '';
  id = 0;
  readonly complaints: string[] = [];
  page!: Page;
  context!: BrowserContext;

  private constructor(
    readonly server: Server,
    readonly name: string,
    readonly email: string,
  ) {}

  static readonly password = PASSWORD;

  /** Somebody new. Names get a number, so that tests may share a server. */
  static async register(server: Server, name: string): Promise<Person> {
    lastNumber += 1;
    const unique = `${name} ${process.pid}${lastNumber}`;
    const person = new Person(
      server,
      unique,
      `${unique.replace(/[^a-z0-9]/gi, '').toLowerCase()}p@example.org`,
    );
    await person.api('POST', '/register', { email: person.email, password: PASSWORD, userName: unique });
    await person.login();
    return person;
  }

  /** The same account at another device. Signs in by itself when it is opened. */
  static copyOf({ server, name, email, token, id }: Person): Person {
    return Object.assign(new Person(server, name, email), { token, id });
  }

  async login(): Promise<void> {
    const body = { email: this.email, password: PASSWORD };
    const answer = await this.api<{ accessToken: string; user: { id: number } }>('POST', '/login', body);
    this.token = answer.accessToken;
    this.id = answer.user.id;
  }

  /** Asks the server without the browser. */
  async api<Data>(method: string, path: string, body?: object): Promise<Data> {
    const answer = await fetch(`${this.server.url}/api${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
      },
      body: body && JSON.stringify(body),
    });
    const envelope = (await answer.json()) as Answer<Data>;
    if (envelope.code !== 0) throw new Error(`${method} ${path}: ${envelope.code} ${envelope.message}`);
    return envelope.data;
  }

  createRoom(name: string, members: Person[] = [], rest: object = {}): Promise<RoomView> {
    return this.api<RoomView>('POST', '/room', { name, memberIds: members.map(({ id }) => id), ...rest });
  }

  /** Makes a friend; the answer is the room of the two, under the other's name. */
  befriend({ id }: Person): Promise<RoomView> {
    return this.api<RoomView>('POST', '/friend', { id });
  }

  async say(room: RoomView, text: string, rest: object = {}): Promise<{ id: number; seq: number }> {
    const message = {
      channelId: room.id,
      contentType: 'TEXT_MESSAGE',
      textMessage: { text, mention: [] },
      clientMsgId: crypto.randomUUID(),
      ...rest,
    };
    const say = () => this.api<{ id: number; seq: number }>('POST', '/room/message', message);
    // An idle connection may end in the moment it is used again; saying the same twice stores it once.
    return say().catch((error: unknown) =>
      error instanceof TypeError ? say() : Promise.reject(error as Error),
    );
  }

  /** Opens a browser in which this person is signed in. */
  async open(browser: Browser, path = '/', options: BrowserContextOptions = {}): Promise<Page> {
    this.context = await browser.newContext({ baseURL: this.server.url, ...options });
    await this.context.addInitScript(() => localStorage.setItem('banter:session', '1'));
    await this.context.request.post('/api/login', { data: { email: this.email, password: PASSWORD } });
    this.page = await this.tab(path);
    return this.page;
  }

  /** Another tab of the same browser. */
  async tab(path = '/'): Promise<Page> {
    const page = await this.context.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !EXPECTED.test(message.text())) {
        this.complaints.push(`${message.type()}: ${message.text()}`);
      }
    });
    page.on('pageerror', (error) => this.complaints.push(`exception: ${error.message}`));
    await page.goto(path);
    return page;
  }

  get rooms(): Locator {
    return this.page.getByRole('navigation', { name: /^(Rooms|聊天列表)$/ });
  }

  get composer(): Locator {
    return this.page.getByRole('textbox', { name: 'Message', exact: true });
  }

  log(room: RoomView): Locator {
    return this.page.getByRole('log', { name: room.name });
  }

  message(room: RoomView, text: string): Locator {
    return this.log(room).getByRole('article').filter({ hasText: text });
  }

  async enter(room: RoomView): Promise<void> {
    await this.rooms.getByRole('link', { name: room.name }).click();
    await expect(this.composer).toBeVisible();
  }

  async write(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }
}
