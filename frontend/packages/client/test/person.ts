/** Somebody with an account on the real server, and a client that is on. */

import WebSocket from 'ws';

import { Api, Chat, type ChatEvents, MemoryStorage, type Message, type Profile } from '../src/index.js';
import type { Server } from './server.js';

export const PASSWORD = 'correct horse battery';
const PATIENCE_MS = 15_000;

export class Person {
  /** The newest state of each message, by room and seq. */
  rooms = new Map<number, Map<number, Message>>();
  /** Messages that were told twice, or in an older state than before. */
  doubles: Message[] = [];
  signIns = 0;
  profile!: Profile;
  readonly api: Api;
  readonly chat: Chat;
  readonly email: string;
  #refreshed = () => {};

  constructor(server: Server, email: string) {
    this.email = email;
    this.api = new Api({
      baseUrl: server.url,
      fetch: (input, init) => {
        const answer = fetch(input, init);
        if (typeof input === 'string' && input.endsWith('/refresh'))
          void answer.then(() => this.#refreshed());
        return answer;
      },
    });
    const storage = new MemoryStorage();
    this.chat = new Chat({ api: this.api, url: server.socketUrl, storage, WebSocket });
    this.chat.on('ready', () => (this.signIns += 1));
    this.chat.on('messages', (event) => this.#take(event));
  }

  static async register(server: Server, name: string): Promise<Person> {
    const person = new Person(server, `${name}@example.org`);
    await person.api.register({ email: person.email, password: PASSWORD, userName: name });
    await person.signIn();
    return person;
  }

  async signIn() {
    this.profile = await this.api.login({ email: this.email, password: PASSWORD });
    const ready = this.next('ready');
    this.chat.start(this.profile.id);
    await ready;
  }

  say(roomId: number, text: string) {
    return this.chat.outbox.send(roomId, { kind: 'text', text, mention: [] });
  }

  /** Texts of a room in their order, as this person knows them. */
  texts(roomId: number): string[] {
    const known = [...(this.rooms.get(roomId)?.values() ?? [])].sort((one, other) => one.seq - other.seq);
    return known.flatMap(({ textMessage }) => (textMessage ? [textMessage.text] : []));
  }

  /** Resolves when the next token has come. */
  refreshed(): Promise<void> {
    return new Promise((resolve) => (this.#refreshed = resolve));
  }

  /** The next event that fits. */
  next<K extends keyof ChatEvents>(event: K, fits: (detail: ChatEvents[K]) => boolean = () => true) {
    return this.#first<ChatEvents[K]>(event, (found) => [
      this.chat.on(event, (detail) => fits(detail) && found(detail)),
    ]);
  }

  /** Resolves once something is so, looking after each event of messages and of the outbox. */
  async until(isSo: () => boolean): Promise<void> {
    if (isSo()) return;
    await this.#first<true>(isSo.toString(), (found) => [
      this.chat.on('messages', () => isSo() && found(true)),
      this.chat.on('outbox', () => isSo() && found(true)),
    ]);
  }

  /** The first thing that is found, or an error that says what was waited for. */
  #first<T>(what: string, listen: (found: (detail: T) => void) => (() => void)[]): Promise<T> {
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        for (const stop of stops) stop();
      };
      const timer = setTimeout(() => {
        done();
        reject(new Error(`${this.email} waited in vain for ${what}`));
      }, PATIENCE_MS);
      const stops = listen((detail) => {
        done();
        resolve(detail);
      });
    });
  }

  #take({ roomId, messages, reset }: ChatEvents['messages']) {
    const room = this.rooms.get(roomId) ?? new Map<number, Message>();
    if (reset) room.clear();
    for (const message of messages) {
      if (message.rev <= (room.get(message.seq)?.rev ?? 0)) this.doubles.push(message);
      room.set(message.seq, message);
    }
    this.rooms.set(roomId, room);
  }
}
