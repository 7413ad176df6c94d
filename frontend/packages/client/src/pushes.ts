/** From pushes to events. */

import { type CompactMessage, complete } from './compact.js';
import type { Emitter } from './emitter.js';
import type { ChatEvents } from './events.js';
import type { Message } from './wire.js';

/** Pushes that are an event as they are. */
const PLAIN = {
  onRead: 'read',
  onTyping: 'typing',
  onPresence: 'presence',
  onNewUser: 'newUser',
  onRoom: 'room',
  onRoomRemoved: 'roomRemoved',
  onUser: 'user',
  onFriend: 'friend',
  onFriendRemoved: 'friendRemoved',
  onPreference: 'preference',
} as const satisfies Record<string, keyof ChatEvents>;

/** Emits the event of a push; a message is given to `take` instead. Pushes of a newer server are let pass. */
export function emitPush(
  route: string,
  body: unknown,
  events: Emitter<ChatEvents>,
  take: (message: Message) => void,
) {
  if (route === 'onMessage' || route === 'onMessageUpdated') {
    // Two fields of the push are for a demo client and are no part of the message.
    const {
      name: _name,
      content: _content,
      ...message
    } = body as CompactMessage & { name?: string; content?: string };
    take(complete(message));
  } else if (route === 'onMembers') {
    const { roomId, members } = body as { roomId: number; members: string[] };
    events.emit('members', { roomId, members: members.map(Number) });
  } else if (route in PLAIN) {
    events.emit(PLAIN[route as keyof typeof PLAIN], body as never);
  }
}
