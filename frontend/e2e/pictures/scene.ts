// Puts the people and their words on a server, and shows it as one of them sees it.
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import WebSocket from 'ws';

import {
  Api,
  Chat,
  MemoryStorage,
  type MediaMessage,
  type OutgoingMessage,
} from '../../packages/client/src/index';
import type { Server } from '../server';
import { type Landscape, drawFace, drawLandscape } from './drawings';
import { type Both, PEOPLE, type Somebody, type Who } from './people';
import { type Line, type Moment, TALKS, type Talk, type TalkName } from './rooms';
import { quietPdf, quietSound, voicePeaks } from './sounds';

export type Language = 'en' | 'zh';

/** When the pictures are taken, to people in them: a Thursday. */
const NOW = new Date('2025-10-16T11:06:00Z');
const DAYS = { Mon: 13, Tue: 14, Wed: 15, Thu: 16 };
const BEFORE = '2025-10-06T08:00:00.000Z';
const FOR_EVER = 8_640_000_000_000_000;
const PASSWORD = 'a good password';

interface Person {
  id: number;
  name: string;
  email: string;
  api: Api;
}

export class Scene {
  #people = new Map<Who, Person>();
  #rooms = new Map<TalkName, number>();
  /** When each message is said to be of, by its id. */
  #times = new Map<number, string>();
  #chats = new Map<Who, Chat>();
  #context: BrowserContext | undefined;
  #drawn = new Map<Landscape, Buffer>();

  private constructor(
    readonly server: Server,
    readonly language: Language,
    private readonly easel: Page,
  ) {}

  /** Everybody, everything they said, and who of them is here. */
  static async build(server: Server, language: Language, browser: Browser): Promise<Scene> {
    const easel = await browser.newPage();
    const scene = new Scene(server, language, easel);
    for (const who of Object.keys(PEOPLE) as Who[]) await scene.#admit(who);
    const talks = Object.entries(TALKS) as [TalkName, Talk][];
    for (const [name, talk] of talks.reverse()) await scene.#hold(name, talk);
    const { api, id } = scene.person('noor');
    for (const { id: room, name } of await api.rooms())
      if (name === 'General') await api.removeMember(room, id);
    await easel.close();
    return scene;
  }

  person(who: Who): Person {
    const person = this.#people.get(who);
    if (!person) throw new Error(`${who} is not here`);
    return person;
  }

  room(name: TalkName): number {
    const room = this.#rooms.get(name);
    if (room === undefined) throw new Error(`there is no room ${name}`);
    return room;
  }

  /** What somebody reads for it. */
  say(words: Both): string {
    return words[this.language === 'en' ? 0 : 1];
  }

  /** Somebody writes in a room; others see it for six seconds. */
  types(who: Who, room: TalkName): void {
    const chat = this.#chats.get(who);
    if (!chat) throw new Error(`${who} is not online`);
    chat.typing(this.room(room), true);
  }

  /** A page on which `noor` is signed in. */
  async open(browser: Browser, path: string, options: BrowserContextOptions): Promise<Page> {
    const { email } = this.person('noor');
    const context = (this.#context = await browser.newContext({
      baseURL: this.server.url,
      locale: this.language === 'en' ? 'en-GB' : 'zh-CN',
      ...options,
    }));
    await context.addInitScript(() => localStorage.setItem('banter:session', '1'));
    await context.request.post('/api/login', { data: { email, password: PASSWORD } });
    await context.route('**/api/**', async (route) => {
      const response = await route.fetch();
      const json: unknown = await response.json();
      await route.fulfill({ response, json: this.#retimed(json) });
    });
    const page = await context.newPage();
    await page.clock.install({ time: NOW });
    await page.goto(path);
    return page;
  }

  /** Ends what goes on. */
  async end(): Promise<void> {
    // What is asked at this moment need not be answered any more.
    await this.#context?.unrouteAll({ behavior: 'ignoreErrors' });
    await this.#context?.close();
    for (const chat of this.#chats.values()) chat.stop();
  }

  /** The server knows the true times; people in the pictures do not. */
  #retimed(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((part) => this.#retimed(part));
    if (typeof value !== 'object' || value === null) return value;
    const parts = Object.entries(value).map(([key, part]) => [key, this.#retimed(part)] as const);
    const copy = Object.fromEntries(parts) as Record<string, unknown>;
    if (typeof copy.createdAt !== 'string') return copy;
    const isMessage = 'seq' in copy;
    const time = (isMessage ? this.#times.get(Number(copy.id)) : undefined) ?? BEFORE;
    return { ...copy, createdAt: time, ...('updatedAt' in copy && { updatedAt: time }) };
  }

  async #admit(who: Who): Promise<void> {
    const somebody: Somebody = PEOPLE[who];
    const name = this.say(somebody.name);
    const email = `${who}@example.org`;
    const api = new Api({ baseUrl: this.server.url });
    await api.register({ email, password: PASSWORD, userName: name });
    const { id } = await api.login({ email, password: PASSWORD });
    this.#people.set(who, { id, name, email, api });
    const face = somebody.face && (await drawFace(this.easel, somebody.face));
    const image =
      face && (await api.upload(blob(face, 'image/png'), { scene: 'avatar', name: 'face.png' })).url;
    await api.updateProfile({ image, bio: somebody.bio && this.say(somebody.bio) });
    if (!somebody.isOnline || who === 'noor') return;
    const url = `${this.server.url.replace('http', 'ws')}/ws`;
    const chat = new Chat({ api, url, storage: new MemoryStorage(), WebSocket });
    this.#chats.set(who, chat);
    const ready = new Promise<void>((done) => chat.on('ready', () => done()));
    chat.start(id);
    await ready;
  }

  async #hold(name: TalkName, talk: Talk): Promise<void> {
    const room = await this.#found(talk);
    this.#rooms.set(name, room);
    const said: { id: number; seq: number }[] = [];
    for (const line of talk.lines) {
      const answered = line.answers ? said[said.length - line.answers] : undefined;
      const message = await this.#utter(room, line, answered?.id);
      said.push(message);
      this.#times.set(message.id, momentOf(line.at));
      for (const [emoji, fans] of Object.entries(line.reactions ?? {})) {
        for (const fan of fans) await this.person(fan).api.react(message.id, emoji, true);
      }
    }
    const read = said.at(-1 - (talk.unread ?? 0));
    const readers = new Set<Who>(['noor', ...(talk.readBy ?? [])]);
    if (read) for (const who of readers) await this.person(who).api.markRead(room, read.seq);
    await this.#set(room, talk);
  }

  /** Makes the talk's room. */
  async #found(talk: Talk): Promise<number> {
    const { api } = this.person(talk.creator);
    if (talk.friend) return (await api.addFriend(this.person(talk.friend).id)).id;
    const picture = talk.image && (await this.#landscape(talk.image));
    const image =
      picture && (await api.upload(blob(picture, 'image/png'), { scene: 'room', name: 'room.png' })).url;
    const members = talk.members.filter((who) => who !== talk.creator);
    const room = await api.createRoom({
      name: (talk.name && this.say(talk.name)) || '',
      image,
      adminIds: [this.person('noor').id],
      memberIds: members.map((who) => this.person(who).id),
    });
    return room.id;
  }

  async #utter(channelId: number, line: Line, replyId?: number) {
    const { api } = this.person(line.by);
    const words = line.text && this.say(line.text);
    const mention: number[] = [];
    const text = words?.replace(/@\{(\w+)\}/g, (_, who: Who) => {
      const { id, name } = this.person(who);
      mention.push(id);
      return `@${name}`;
    });
    const media = await this.#attached(api, line);
    const message: OutgoingMessage = media
      ? { channelId, contentType: 'MEDIA_MESSAGE', mediaMessage: { ...media, text }, replyId }
      : { channelId, contentType: 'TEXT_MESSAGE', textMessage: { text: text ?? '', mention }, replyId };
    return api.send(message);
  }

  async #attached(api: Api, line: Line): Promise<(Partial<MediaMessage> & { url: string }) | undefined> {
    const upload = (bytes: Buffer, mime: string, name: string) =>
      api.upload(blob(bytes, mime), { scene: 'message', name });
    if (line.photo) {
      const { url } = await upload(await this.#landscape(line.photo), 'image/png', `${line.photo}.png`);
      return { url };
    }
    if (line.file) {
      const { url } = await upload(quietPdf(line.file.size), 'application/pdf', this.say(line.file.name));
      return { url };
    }
    if (line.voice) {
      const { url } = await upload(quietSound(line.voice), 'audio/wav', 'voice.wav');
      return { url, duration: line.voice, peaks: voicePeaks(line.voice) };
    }
    return undefined;
  }

  /** What `noor` has set for a room, and left in its field. */
  async #set(room: number, { isPinned, isMuted, draft }: Talk): Promise<void> {
    const settings = { ...(isPinned && { pinned: true }), ...(isMuted && { mutedUntil: FOR_EVER }) };
    const items = [
      ...(isPinned || isMuted ? [{ key: `room:${room}`, value: settings }] : []),
      ...(draft
        ? [{ key: `draft:${room}`, value: { text: this.say(draft), updatedAt: NOW.getTime() } }]
        : []),
    ];
    if (items.length) await this.person('noor').api.setPreferences(items);
  }

  async #landscape(name: Landscape): Promise<Buffer> {
    const drawn = this.#drawn.get(name) ?? (await drawLandscape(this.easel, name));
    this.#drawn.set(name, drawn);
    return drawn;
  }
}

function momentOf(moment: Moment): string {
  const [day = 'Thu', time = ''] = moment.split(' ');
  const [hours, minutes] = time.split(':').map(Number);
  return new Date(Date.UTC(2025, 9, DAYS[day as keyof typeof DAYS], hours, minutes)).toISOString();
}

function blob(bytes: Buffer, type: string): Blob {
  return new Blob([new Uint8Array(bytes)], { type });
}
