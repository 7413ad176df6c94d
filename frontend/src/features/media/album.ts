import type { Message } from '@banter/client';

/** Longest pause within an album, in milliseconds. */
const ALBUM_MS = 60_000;
/** Tiles of a grid; longer runs make several albums. */
const ALBUM_MAX = 10;

const isTile = (message: Message) => {
  const kind = message.mediaMessage?.kind;
  return !message.isRecalled && (kind === 'image' || kind === 'video' || kind === 'gif');
};

function continues(before: Message, message: Message): boolean {
  return (
    isTile(before) &&
    isTile(message) &&
    before.userId === message.userId &&
    before.roomId === message.roomId &&
    // A caption closes the album that it stands below.
    !before.mediaMessage?.text &&
    !message.replyId &&
    before.reactions.length === 0 &&
    message.reactions.length === 0 &&
    message.seq === before.seq + 1 &&
    Date.parse(message.createdAt) - Date.parse(before.createdAt) < ALBUM_MS
  );
}

/** Groups messages: pictures and videos that one person sent one after the other stand together, all others alone. */
export function albumOf(messages: readonly Message[]): Message[][] {
  const albums: Message[][] = [];
  for (const message of messages) {
    const album = albums.at(-1);
    const before = album?.at(-1);
    if (album && before && album.length < ALBUM_MAX && continues(before, message)) album.push(message);
    else albums.push([message]);
  }
  return albums;
}
