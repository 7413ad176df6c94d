import { describe, expect, it } from 'vitest';

import { complete } from './compact.js';
import { message, user } from './testing/messages.js';

describe('compact messages', () => {
  it('get back what was left out', () => {
    const compact = {
      id: 12,
      seq: 3,
      rev: 4,
      contentType: 'TEXT_MESSAGE' as const,
      roomId: 7,
      userId: 2,
      user: { id: 2, userName: 'user2', image: '/2.svg' },
      textMessage: { text: 'hello' },
      createdAt: '2026-01-31T08:00:00.000Z',
    };
    const whole = {
      ...message({ id: 12, seq: 3, rev: 4, roomId: 7, textMessage: { text: 'hello', mention: [] } }),
      user: { id: 2, userName: 'user2', image: '/2.svg', online: false },
    };
    expect(complete(compact)).toStrictEqual(whole);
    const answer = { ...compact, replyId: 12, reply: compact };
    expect(complete(answer)).toStrictEqual({ ...whole, replyId: 12, reply: whole });
  });

  it('are left alone where nothing is missing', () => {
    const whole = message({
      rev: 9,
      clientMsgId: 'one',
      user: user(2),
      textMessage: { text: 'hi', mention: [1] },
      reply: message({ rev: 1 }),
      isEdited: true,
      updatedAt: '2026-01-31T09:00:00.000Z',
    });
    expect(complete(whole)).toStrictEqual(whole);
  });

  it('of the server have neither an author nor a time of change', () => {
    const notice = complete({
      id: 1,
      seq: 1,
      rev: 1,
      contentType: 'SYSTEM_MESSAGE',
      roomId: 1,
      systemMessage: { kind: 'roomRenamed', actor: null, subject: null, text: 'renamed' },
      createdAt: '2026-01-31T08:00:00.000Z',
    });
    expect([notice.user, notice.userId, notice.textMessage]).toStrictEqual([null, null, null]);
    expect(notice.updatedAt).toBe(notice.createdAt);
  });
});
