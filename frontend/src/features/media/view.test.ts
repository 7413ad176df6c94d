import type { OutboxItem } from '@banter/client';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { Pending } from '@/features/composer/outbox-slice';
import { makeMessage } from '@/testing/builders';
import { forgetLocalFiles } from './localFiles';
import { isVoice, viewOfMessage, viewOfPending } from './view';

const outbox = vi.hoisted(() => ({ items: [] as OutboxItem[] }));
vi.mock('@/api/client', () => ({
  chat: { outbox },
  fileUrl: (path: string) => `https://chat.example${path}`,
}));

const stored = (clientMsgId: string | null = null) =>
  makeMessage({
    clientMsgId,
    contentType: 'MEDIA_MESSAGE',
    textMessage: null,
    mediaMessage: {
      kind: 'image',
      url: '/uploads/a.jpg',
      thumbnail: '/uploads/a-small.jpg',
      name: 'a.jpg',
      extension: 'jpg',
      mime: 'image/jpeg',
      size: 10,
      width: 800,
      height: 600,
      text: 'The lake',
    },
  });

function waiting(clientMsgId: string): Pending {
  const draft = {
    kind: 'media' as const,
    file: new Blob(['x']),
    name: 'a.jpg',
    mime: 'image/jpeg',
    width: 8,
    height: 6,
  };
  const item: OutboxItem = { clientMsgId, userId: 1, roomId: 1, createdAt: 0, state: 'uploading', draft };
  outbox.items = [item];
  const media = { kind: 'image' as const, name: draft.name, mime: draft.mime, size: 1, width: 8, height: 6 };
  return { clientMsgId, roomId: 1, createdAt: 0, state: 'uploading', media };
}

afterEach(() => {
  outbox.items = [];
  forgetLocalFiles();
});

describe('viewOfMessage', () => {
  it('says all that a bubble needs', () => {
    expect(viewOfMessage(stored())).toMatchObject({
      kind: 'image',
      url: 'https://chat.example/uploads/a.jpg',
      thumbnail: 'https://chat.example/uploads/a-small.jpg',
      width: 800,
      height: 600,
      caption: 'The lake',
    });
  });

  it('has nothing of texts and of what was recalled', () => {
    expect(viewOfMessage(makeMessage())).toBeNull();
    expect(viewOfMessage({ ...stored(), isRecalled: true })).toBeNull();
  });

  it('goes on showing the bytes that this page sent', () => {
    const before = viewOfPending(waiting('c1'));
    outbox.items = [];
    expect(before?.url).toMatch(/^blob:/);
    expect(viewOfMessage(stored('c1'))?.url).toBe(before?.url);
    expect(viewOfMessage(stored('c2'))?.url).toBe('https://chat.example/uploads/a.jpg');
  });

  it('keeps few of them', () => {
    const revoke = vi.spyOn(URL, 'revokeObjectURL');
    const first = viewOfPending(waiting('f0'));
    for (let index = 1; index <= 60; index += 1) viewOfPending(waiting(`f${index}`));
    expect(revoke).toHaveBeenCalledExactlyOnceWith(first?.url);
    outbox.items = [];
    expect(viewOfMessage(stored('f0'))?.url).toBe('https://chat.example/uploads/a.jpg');
    expect(viewOfMessage(stored('f1'))?.url).toMatch(/^blob:/);
  });
});

describe('viewOfPending', () => {
  it('has nothing of texts', () => {
    expect(viewOfPending({ ...waiting('c1'), media: undefined })).toBeNull();
  });
});

describe('isVoice', () => {
  it('is a sound with a waveform', () => {
    const sound = { kind: 'audio' as const, url: '', name: '', mime: 'audio/webm', size: 1 };
    expect(isVoice({ ...sound, peaks: [1, 2] })).toBe(true);
    expect(isVoice(sound)).toBe(false);
    expect(isVoice({ ...sound, kind: 'video', peaks: [1] })).toBe(false);
  });
});
