import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { Room } from '../src/index.js';
import { Person } from './person.js';
import { missingServer, Server } from './server.js';

const missing = missingServer();

describe.skipIf(missing)(
  `with the real server${missing ? `, left out: ${missing}` : ''}`,
  { timeout: 60_000 },
  () => {
    let server: Server;
    let people: Person[] = [];
    let count = 0;

    beforeAll(async () => {
      // Tokens that end and hearts that have to beat while the tests run: both are part of everything.
      server = await Server.start({ BANTER_SECURITY__JWT__ACCESS_TTL: '10s', BANTER_WS__HEARTBEAT: '2s' });
    }, 60_000);

    afterEach(() => {
      for (const { chat } of people) chat.stop();
      people = [];
    });

    afterAll(() => server?.remove());

    async function person(name: string): Promise<Person> {
      const made = await Person.register(server, `${name}${++count}`);
      people.push(made);
      return made;
    }

    async function pair(): Promise<[Person, Person, Room]> {
      const [ann, ben] = [await person('ann'), await person('ben')];
      const room = await ann.api.addFriend(ben.profile.id);
      for (const one of [ann, ben]) one.chat.track(room.id, room.lastRev);
      return [ann, ben, room];
    }

    it('two people talk, edit, react and recall', async () => {
      const [ann, ben, { id }] = await pair();
      ann.say(id, 'hello 😁');
      await ben.until(() => ben.texts(id).length === 1);
      const [said] = [...(ben.rooms.get(id)?.values() ?? [])];
      expect(said).toMatchObject({ userId: ann.profile.id, textMessage: { text: 'hello 😁', mention: [] } });
      const messageId = said?.id ?? 0;
      await ann.api.edit(messageId, { text: 'hello!' });
      await ben.until(() => ben.texts(id)[0] === 'hello!');
      await ben.api.react(messageId, '👍', true);
      await ann.until(() => ann.rooms.get(id)?.get(1)?.reactions[0]?.count === 1);
      await ann.api.recall(messageId);
      await ben.until(() => ben.rooms.get(id)?.get(1)?.isRecalled === true);
      expect([...ann.doubles, ...ben.doubles]).toEqual([]);
    });

    it('tells who reads, types and comes', async () => {
      const [ann, ben, { id }] = await pair();
      const typing = ann.next('typing', ({ on }) => on);
      ben.chat.typing(id, true);
      expect(await typing).toEqual({ roomId: id, userId: ben.profile.id, on: true });
      ann.say(id, 'read me');
      await ben.until(() => ben.texts(id).length === 1);
      const read = ann.next('read', ({ userId }) => userId === ben.profile.id);
      await ben.api.markRead(id, 1);
      expect(await read).toEqual({ roomId: id, userId: ben.profile.id, readSeq: 1 });
      const left = ann.next('presence', ({ userId, online }) => userId === ben.profile.id && !online);
      ben.chat.stop();
      await left;
    });

    it('sends files', async () => {
      const [ann, ben, { id }] = await pair();
      const file = new Blob(['some notes'], { type: 'text/plain' });
      const draft = { kind: 'media', file, name: 'notes.txt', mime: 'text/plain', caption: 'see' } as const;
      ann.chat.outbox.send(id, draft);
      await ben.until(() => ben.rooms.get(id)?.size === 1);
      const media = ben.rooms.get(id)?.get(1)?.mediaMessage;
      expect(media).toMatchObject({ name: 'notes.txt', size: 10, kind: 'file', text: 'see' });
      const headers = { authorization: `Bearer ${await ben.api.accessToken()}` };
      const loaded = await fetch(server.url + media?.url, { headers });
      expect(await loaded.text()).toBe('some notes');
    });

    it('loses and doubles nothing when the server is killed in the middle', async () => {
      const [ann, ben, { id }] = await pair();
      const words = Array.from({ length: 60 }, (_, number) => `message ${number + 1}`);
      for (const text of words) ann.say(id, text);
      await ben.until(() => ben.texts(id).length >= 10);
      await server.kill();
      expect(ann.chat.outbox.items.length).toBeGreaterThan(0);
      ann.say(id, 'written while it was away');
      await server.run();
      const all = [...words, 'written while it was away'];
      for (const one of [ann, ben]) {
        one.chat.tryNow();
        await one.until(() => one.texts(id).length === all.length);
        expect(one.texts(id)).toEqual(all);
        expect(one.doubles).toEqual([]);
      }
      await ann.until(() => ann.chat.outbox.items.length === 0);
      const stored = await ann.api.history({ id, afterSeq: 0, limit: 100 });
      expect(stored.map(({ textMessage }) => textMessage?.text)).toEqual(all);
    });

    it('catches up with what was said meanwhile, page by page', async () => {
      const [ann, ben, { id }] = await pair();
      ann.say(id, 'before');
      await ben.until(() => ben.texts(id).length === 1);
      ben.chat.stop();
      const known = ben.rooms.get(id)?.get(1)?.rev ?? 0;
      for (let number = 1; number <= 250; number++) {
        await ann.api.send({
          channelId: id,
          contentType: 'TEXT_MESSAGE',
          textMessage: { text: `meanwhile ${number}` },
        });
      }
      ben.chat.track(id, known);
      ben.chat.start(ben.profile.id);
      await ben.until(() => ben.texts(id).length === 251);
      expect(ben.doubles).toEqual([]);
    });

    it('stays signed in beyond the life of its tokens, on one connection', async () => {
      const ann = await person('ann');
      // The second one comes when the first one would have ended already.
      await ann.refreshed();
      await ann.refreshed();
      await ann.chat.request('presence.get', { userIds: [ann.profile.id] });
      expect(ann.signIns).toBe(1);
    });

    it('ends when the session is revoked elsewhere', async () => {
      const ann = await person('ann');
      const elsewhere = new Person(server, ann.email);
      people.push(elsewhere);
      await elsewhere.signIn();
      const sessions = await elsewhere.api.sessions();
      const ended = ann.next('ended');
      for (const { id, current } of sessions) if (!current) await elsewhere.api.revokeSession(id);
      expect(await ended).toEqual({ reason: 'session_revoked' });
      await expect(ann.api.me()).rejects.toMatchObject({ status: 401 });
    });

    it('is refused with words', async () => {
      const [ann] = await pair();
      await expect(ann.chat.request('room.get', { id: 999_999 })).rejects.toMatchObject({ code: 404 });
      await expect(ann.chat.request('room.nope')).rejects.toMatchObject({ code: 404, status: 404 });
      const item = ann.say(999_999, 'to nobody');
      await ann.until(() => ann.chat.outbox.items[0]?.state === 'failed');
      expect(ann.chat.outbox.items).toMatchObject([{ clientMsgId: item.clientMsgId, error: { code: 404 } }]);
      await expect(ann.api.login({ email: ann.email, password: 'wrong password' })).rejects.toMatchObject({
        code: 1002,
      });
    });

    it('keeps preferences and tells other devices', async () => {
      const ann = await person('ann');
      const told = ann.next('preference');
      await ann.api.setPreferences([{ key: 'theme', value: { name: 'dark' } }]);
      expect(await told).toMatchObject({ key: 'theme', value: { name: 'dark' } });
      expect(await ann.api.preferences()).toMatchObject([{ key: 'theme', value: { name: 'dark' } }]);
    });
  },
);
