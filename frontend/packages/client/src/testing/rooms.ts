/** A server with rooms in which messages are kept, numbered and told to everybody, whatever happens to its processes. */

import { message } from './messages.js';
import { FakeServer, type ServerConnection } from './server.js';
import type { Message, OutgoingMessage } from '../wire.js';

interface RoomState {
  lastSeq: number;
  lastRev: number;
  messages: Message[];
}

export class RoomServer extends FakeServer {
  rooms = new Map<number, RoomState>();
  /** Decides about each push, whether it is lost. */
  loses: (message: Message) => boolean = () => false;
  /** Most messages of a room in one answer to `room.sync`. */
  pageSize = 100;
  #users = new Map<ServerConnection, number>();

  constructor() {
    super();
    this.handlers = {
      'session.auth': ({ token }: { token: string }, connection) => {
        const userId = Number(token.split('-')[1]);
        this.#users.set(connection, userId);
        return { userId, sessionId: 1, expiresAt: '2026-01-31T09:00:00.000Z', rooms: this.heads() };
      },
      'room.sync': ({ rooms }: { rooms: { id: number; rev: number }[] }) => this.#sync(rooms),
      'room.sendMessage': (body: OutgoingMessage, connection) =>
        this.store(this.#users.get(connection) ?? 0, body),
    };
  }

  heads() {
    return [...this.rooms].map(([id, { lastSeq, lastRev }]) => ({
      id,
      lastSeq,
      lastRev,
      readSeq: 0,
      unreadCount: 0,
    }));
  }

  /** Keeps a message and tells it; a repeated one is answered with the first. */
  store(
    userId: number,
    { channelId: roomId, clientMsgId, textMessage, mediaMessage }: OutgoingMessage,
  ): Message {
    const room = this.room(roomId);
    const known = room.messages.find((one) => one.userId === userId && one.clientMsgId === clientMsgId);
    if (known && clientMsgId) return known;
    room.lastSeq += 1;
    room.lastRev += 1;
    const stored = message({
      id: roomId * 10_000 + room.lastSeq,
      seq: room.lastSeq,
      rev: room.lastRev,
      roomId,
      userId,
      clientMsgId: clientMsgId ?? null,
      textMessage: textMessage ? { text: textMessage.text, mention: [] } : null,
      mediaMessage: mediaMessage ? (mediaMessage as Message['mediaMessage']) : null,
    });
    room.messages.push(stored);
    this.#tell('onMessage', stored);
    return stored;
  }

  say(roomId: number, text: string, userId = 2): Message {
    return this.store(userId, { channelId: roomId, contentType: 'TEXT_MESSAGE', textMessage: { text } });
  }

  /** Changes a message. */
  edit(roomId: number, seq: number, text: string): Message {
    const room = this.room(roomId);
    room.lastRev += 1;
    const edited = room.messages.map((one) =>
      one.seq === seq
        ? { ...one, rev: room.lastRev, isEdited: true, textMessage: { text, mention: [] } }
        : one,
    );
    room.messages = edited;
    const changed = edited[seq - 1];
    if (!changed) throw new Error(`room ${roomId} has no message ${seq}`);
    this.#tell('onMessageUpdated', changed);
    return changed;
  }

  room(id: number): RoomState {
    const room = this.rooms.get(id) ?? { lastSeq: 0, lastRev: 0, messages: [] };
    this.rooms.set(id, room);
    return room;
  }

  #tell(route: string, body: Message) {
    if (!this.loses(body)) this.push(route, { ...body, name: 'user2', content: 'for the demo client' });
  }

  #sync(asked: { id: number; rev: number }[]) {
    const rooms = asked.flatMap(({ id, rev }) => {
      const room = this.rooms.get(id);
      if (!room || room.lastRev === rev) return [];
      const head = this.heads().find((one) => one.id === id);
      if (rev > room.lastRev)
        return [{ ...head, messages: room.messages.slice(-this.pageSize), more: false, reset: true }];
      const changed = room.messages.filter((one) => one.rev > rev).sort((one, other) => one.rev - other.rev);
      return [{ ...head, messages: changed.slice(0, this.pageSize), more: changed.length > this.pageSize }];
    });
    return { rooms, gone: asked.filter(({ id }) => !this.rooms.has(id)).map(({ id }) => id) };
  }
}
