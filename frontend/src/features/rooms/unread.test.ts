import type { Message, RoomHead } from '@banter/client';
import { expect, test } from 'vitest';

import { makeMessage, makeRoom } from '@/testing/builders';
import { headReceived, messagesArrived, readMoved, rooms } from './slice';

const ME = 1;

/** Numbers that look random and are the same each time (mulberry32). */
function random(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** The room as the server has it, and the counts that follow from it. */
class Server {
  messages: Message[] = [];
  mark = 0;
  rev = 0;

  store(userId: number, kind: 'text' | 'mention' | 'notice'): Message {
    const seq = this.messages.length + 1;
    this.rev += 1;
    const isNotice = kind === 'notice';
    const message = makeMessage({
      seq,
      rev: this.rev,
      userId,
      contentType: isNotice ? 'SYSTEM_MESSAGE' : 'TEXT_MESSAGE',
      textMessage: isNotice ? null : { text: 'x', mention: kind === 'mention' ? [ME] : [] },
    });
    this.messages.push(message);
    return message;
  }

  recall(index: number): Message | undefined {
    const message = this.messages[index];
    if (!message || message.isRecalled || message.contentType === 'SYSTEM_MESSAGE') return undefined;
    this.rev += 1;
    const recalled: Message = {
      ...message,
      rev: this.rev,
      isRecalled: true,
      contentType: 'RECALL_MESSAGE',
      textMessage: null,
    };
    this.messages[index] = recalled;
    return recalled;
  }

  get unread(): Message[] {
    return this.messages.filter(
      (message) =>
        message.seq > this.mark &&
        message.userId !== ME &&
        !message.isRecalled &&
        message.contentType !== 'SYSTEM_MESSAGE',
    );
  }

  get head(): RoomHead {
    return {
      id: 1,
      lastSeq: this.messages.length,
      lastRev: this.rev,
      readSeq: this.mark,
      unreadCount: this.unread.length,
    };
  }

  get mentions(): number[] {
    return this.unread.filter((message) => message.textMessage?.mention.includes(ME)).map(({ seq }) => seq);
  }
}

test.each(Array.from({ length: 40 }, (_, seed) => seed))(
  'the badge equals the server’s count, sequence %i',
  (seed) => {
    const pick = random(seed);
    const server = new Server();
    let state = { byId: { 1: makeRoom({ id: 1 }) }, isLoaded: true, leaving: [] as number[] };
    let missed: Message[] = [];
    const reduce = (action: Parameters<typeof rooms.reducer>[1]) => {
      state = rooms.reducer(state, action) as typeof state;
    };
    const tell = (messages: Message[], counted: boolean) =>
      reduce(messagesArrived({ roomId: 1, messages, myId: ME, counted }));
    const write = () => {
      const kind = (['text', 'text', 'mention', 'notice'] as const)[pick(4)] ?? 'text';
      return server.store(1 + pick(3), kind);
    };

    const steps = {
      arrive: () => tell([write()], false),
      recall: () => {
        const recalled = server.recall(pick(server.messages.length + 1));
        if (recalled) tell([recalled], false);
      },
      read: () => {
        const seq = Math.min(server.messages.length, server.mark + pick(4));
        server.mark = Math.max(server.mark, seq);
        reduce(readMoved({ roomId: 1, userId: ME, readSeq: seq, myId: ME, loaded: server.messages }));
      },
      readByOther: () =>
        reduce(readMoved({ roomId: 1, userId: 2, readSeq: server.messages.length, myId: ME, loaded: [] })),
      // Away: messages, recalls and marks of another device that are told only when the connection is back.
      away: () => {
        missed = [write(), write()];
        const recalled = server.recall(pick(server.messages.length));
        if (recalled) missed = [...missed.filter(({ seq }) => seq !== recalled.seq), recalled];
        if (pick(2) === 0) server.mark = Math.min(server.messages.length, server.mark + pick(5));
        tell(missed, true);
        reduce(headReceived({ head: server.head, myId: ME }));
      },
    };

    const names = Object.keys(steps) as (keyof typeof steps)[];
    for (let step = 0; step < 120; step += 1) {
      const name = names[pick(names.length)] ?? 'arrive';
      steps[name]();
      const { unreadCount, mentions } = state.byId[1];
      expect({ step, name, unreadCount, mentions: [...mentions].sort((a, b) => a - b) }).toEqual({
        step,
        name,
        unreadCount: server.unread.length,
        mentions: server.mentions,
      });
    }
  },
);
