/** A way to the server on which a test decides what happens to each message and each file. */

import type { Transport } from '../outbox.js';
import type { UploadOptions } from '../upload.js';
import type { Message, OutgoingMessage, UploadedFile } from '../wire.js';
import { message } from './messages.js';

interface Pending<Asked, Answer> {
  asked: Asked;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

export class FakeTransport implements Transport {
  sends: Pending<OutgoingMessage, Message>[] = [];
  uploads: Pending<{ file: Blob } & UploadOptions, UploadedFile>[] = [];
  #rev = 0;

  send(asked: OutgoingMessage): Promise<Message> {
    return new Promise((resolve, reject) => this.sends.push({ asked, resolve, reject }));
  }

  upload(file: Blob, options: UploadOptions): Promise<UploadedFile> {
    return new Promise((resolve, reject) => {
      this.uploads.push({ asked: { file, ...options }, resolve, reject });
      options.signal?.addEventListener('abort', () => reject(new DOMException('stopped', 'AbortError')));
    });
  }

  /** Stores the message that was sent at that place. */
  store(index = this.sends.length - 1) {
    const pending = this.sends[index];
    if (!pending) throw new Error(`nothing was sent at ${index}`);
    const { channelId: roomId, clientMsgId = null } = pending.asked;
    pending.resolve(message({ rev: ++this.#rev, roomId, clientMsgId, userId: 1 }));
  }

  /** Takes the file that was uploaded at that place. */
  take(index = this.uploads.length - 1) {
    const pending = this.uploads[index];
    if (!pending) throw new Error(`nothing was uploaded at ${index}`);
    pending.resolve(uploaded(`/uploads/${index}`));
  }

  get texts(): (string | undefined)[] {
    return this.sends.map(({ asked }) => asked.textMessage?.text ?? asked.mediaMessage?.name ?? undefined);
  }
}

export const uploaded = (url: string): UploadedFile => ({
  url,
  name: 'photo.jpg',
  extension: 'jpg',
  mime: 'image/jpeg',
  size: 3,
  kind: 'image',
});
