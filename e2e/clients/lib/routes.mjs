// What clients listen for: neither client can listen for everything.

/** Pushes of the server. */
export const PUSHES = [
  'onMessage',
  'onMessageUpdated',
  'onRead',
  'onTyping',
  'onPresence',
  'onNewUser',
  'onMembers',
  'onRoom',
  'onRoomRemoved',
  'onUser',
  'onFriend',
  'onFriendRemoved',
];

/** What the pomelo client itself tells the page, besides `onKick`. */
export const EVENTS = ['disconnect', 'close', 'error', 'io-error', 'heartbeat timeout'];
