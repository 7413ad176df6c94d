// A small world in which every kind of thing is to be seen.
import { crc32, deflateSync } from 'node:zlib';

import type { Person, RoomView } from './person';

export interface World {
  ann: Person;
  bob: Person;
  cai: Person;
  /** A room with messages of all kinds. */
  room: RoomView;
  /** A room of which Ann has read nothing. */
  unread: RoomView;
  /** Ann's conversation with Bob. */
  direct: RoomView;
}

/** Ann with two friends, three rooms, and all that can be said in them. */
export async function makeWorld(newPerson: (name: string) => Promise<Person>): Promise<World> {
  const [ann, bob, cai] = [await newPerson('Ann'), await newPerson('Bob'), await newPerson('Cai')];
  const direct = await ann.api<RoomView>('POST', '/friend', { id: bob.id });
  const unread = await bob.createRoom('Weekend plans', [ann]);
  await bob.say(unread, 'Who comes along?');
  const room = await ann.createRoom('Everything', [bob, cai], { joinPolicy: 'open' });
  await fillWithAll({ ann, bob, room });
  return { ann, bob, cai, room, unread, direct };
}

async function fillWithAll({ ann, bob, room }: Pick<World, 'ann' | 'bob' | 'room'>): Promise<void> {
  const question = await bob.say(room, 'When does the **train** leave? See https://example.org/times');
  await ann.say(room, 'At nine, from the old station', { replyId: question.id });
  await bob.say(
    room,
    '```js\nconst one = "1"; // a number\n```\n\n> quoted\n\n- a list\n\n`code` and ||hidden||',
  );
  const own = await ann.say(room, '```js\nconst two = 2;\n```\n\n`mine`');
  await bob.say(room, `@${ann.name} look`, {
    textMessage: { text: `@${ann.name} look`, mention: [ann.id] },
  });
  await ann.say(room, `@${bob.name} where?`, {
    textMessage: { text: `@${bob.name} where?`, mention: [bob.id] },
  });
  await bob.say(room, '🎉');
  await send(bob, room, 'sunset.png', 'image/png', picture(320, 200));
  await send(ann, room, 'sunrise.png', 'image/png', picture(200, 320), { text: 'And in the morning' });
  await send(bob, room, 'hum.wav', 'audio/wav', sound(2), { duration: 2 });
  await send(ann, room, 'hum too.wav', 'audio/wav', sound(1), { duration: 1 });
  await send(bob, room, 'timetable.txt', 'text/plain', Buffer.from('09:00\n10:00\n'));
  const gone = await bob.say(room, 'something wrong');
  await bob.api('DELETE', `/room/message?id=${gone.id}`);
  const changed = await ann.say(room, 'At then');
  await ann.api('PATCH', '/room/message', { id: changed.id, textMessage: { text: 'At ten', mention: [] } });
  for (const emoji of ['👍', '🎉']) {
    await ann.api('POST', '/room/reaction', { id: question.id, emoji });
    await bob.api('POST', '/room/reaction', { id: own.id, emoji });
  }
  const last = await ann.say(room, 'See you there');
  for (const reader of [ann, bob]) await reader.api('POST', '/room/read', { id: room.id, seq: last.seq });
}

/** Sends a file without a browser. */
export async function send(
  person: Person,
  room: RoomView,
  name: string,
  mime: string,
  bytes: Buffer,
  rest: object = {},
): Promise<{ id: number; seq: number }> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)], { type: mime }), name);
  form.set('scene', 'message');
  const answer = await fetch(`${person.server.url}/api/upload`, {
    method: 'POST',
    headers: { authorization: `Bearer ${person.token}` },
    body: form,
  });
  const { code, message, data } = (await answer.json()) as { code: number; message: string; data: object };
  if (code !== 0) throw new Error(`upload of ${name}: ${code} ${message}`);
  return person.api('POST', '/room/message', {
    channelId: room.id,
    contentType: 'MEDIA_MESSAGE',
    mediaMessage: { ...data, ...rest },
  });
}

/** A PNG in which two colours run into each other. */
export function picture(width: number, height: number): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * (width * 3 + 1) + 1 + x * 3;
      rows[at] = 200 - (120 * y) / height;
      rows[at + 1] = 90 + (60 * x) / width;
      rows[at + 2] = 70 + (120 * y) / height;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits a channel, in red, green and blue.
  head.set([8, 2], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A WAV with a quiet tone. */
function sound(seconds: number): Buffer {
  const RATE = 8000;
  const samples = Buffer.alloc(RATE * seconds * 2);
  for (let at = 0; at < RATE * seconds; at += 1) {
    samples.writeInt16LE(Math.round(4000 * Math.sin((at * 440 * 2 * Math.PI) / RATE)), at * 2);
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(RATE, 24);
  head.writeUInt32LE(RATE * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}
