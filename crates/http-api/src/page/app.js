// Signing in over HTTP, chatting over the gateway. Everything that people wrote is set as text.

import { Connection, RequestError } from './pitaya.js';

const PAGE_SIZE = 50;
const RETRY_MAX = 30_000;
const RENEW_BEFORE = 60_000;

const $ = (id) => document.getElementById(id);
const session = { token: '', expiresAt: 0, user: null };
const room = { id: 0, messages: new Map(), hasOlder: false };
let connection = null;
let retries = 0;
let renewal = 0;
let isNew = false;

// ---- HTTP

const call = async (method, path, body) => {
  const headers = {};
  if (body) headers['Content-Type'] = 'application/json';
  if (session.token) headers.Authorization = `Bearer ${session.token}`;
  const answer = await fetch(`/api${path}`, { method, headers, body: body && JSON.stringify(body) });
  const envelope = await answer.json();
  if (envelope.code !== 0) throw new RequestError(envelope.code, envelope.message);
  return envelope.data;
};

const keep = ({ accessToken, expiresAt, user }) => {
  session.token = accessToken;
  session.expiresAt = Date.parse(expiresAt);
  if (user) session.user = user;
  clearTimeout(renewal);
  renewal = setTimeout(renew, Math.max(session.expiresAt - Date.now() - RENEW_BEFORE, 1000));
};

const renew = async () => {
  try {
    keep(await call('POST', '/refresh'));
    await connection?.request('session.auth', { token: session.token });
  } catch (error) {
    if (error.code === 401) signedOut();
    else renewal = setTimeout(renew, 5000);
  }
};

// ---- The door

const showDoor = (register) => {
  isNew = register;
  $('door').hidden = false;
  $('chat').hidden = true;
  $('name-row').hidden = !register;
  $('door-lead').textContent = register ? 'Create an account to chat.' : 'Sign in to chat.';
  $('email-label').textContent = register ? 'E-mail' : 'E-mail or name';
  $('password').autocomplete = register ? 'new-password' : 'current-password';
  $('door-submit').textContent = register ? 'Create account' : 'Sign in';
  $('door-switch').textContent = register ? 'I have an account' : 'Create an account';
  $('door-error').textContent = '';
};

const enter = async () => {
  const email = $('email').value.trim();
  const password = $('password').value;
  if (isNew) {
    const userName = $('name').value.trim() || undefined;
    await call('POST', '/register', { email, password, userName });
  }
  keep(await call('POST', '/login', { email, password }));
  $('password').value = '';
  await showChat();
};

$('door-switch').addEventListener('click', () => showDoor(!isNew));
$('door-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  $('door-error').textContent = '';
  $('door-submit').disabled = true;
  try {
    await enter();
  } catch (error) {
    $('door-error').textContent = error instanceof RequestError ? error.message : 'The server cannot be reached.';
  }
  $('door-submit').disabled = false;
});

const signedOut = () => {
  clearTimeout(renewal);
  Object.assign(session, { token: '', user: null });
  Object.assign(room, { id: 0, hasOlder: false });
  const old = connection;
  connection = null;
  old?.close();
  room.messages.clear();
  $('log').replaceChildren();
  showDoor(false);
};

$('leave').addEventListener('click', async () => {
  try {
    await call('POST', '/logout');
  } catch (error) {
    $('state').textContent = error.message;
    return;
  }
  signedOut();
});

// ---- The connection

const showChat = async () => {
  $('door').hidden = true;
  $('chat').hidden = false;
  $('me').textContent = session.user?.userName ?? '';
  connect();
};

const connect = () => {
  $('state').textContent = 'Connecting…';
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  const mine = new Connection(`${scheme}://${location.host}/ws`);
  connection = mine;
  mine.addEventListener('ready', async () => {
    try {
      await mine.request('session.auth', { token: session.token });
      retries = 0;
      $('state').textContent = '';
      await loadRooms(true);
    } catch (error) {
      $('state').textContent = error.message;
      mine.close();
    }
  });
  mine.addEventListener('push', ({ detail }) => pushed(detail));
  mine.addEventListener('closed', ({ detail: reason }) => {
    if (connection !== mine) return;
    $('state').textContent = reason ? `Disconnected (${reason}), trying again…` : 'Disconnected, trying again…';
    const wait = Math.min(1000 * 2 ** retries, RETRY_MAX) * (0.5 + Math.random() / 2);
    retries += 1;
    setTimeout(async () => {
      if (connection !== mine) return;
      if (Date.now() > session.expiresAt - RENEW_BEFORE) await renew();
      if (connection === mine) connect();
    }, wait);
  });
};

const pushed = ({ route, body }) => {
  if (route === 'onMessage' || route === 'onMessageUpdated') {
    if (body.roomId !== room.id) return;
    room.messages.set(body.id, body);
    render(route === 'onMessage' ? 'follow' : 'stay');
  } else if (route === 'onRoom' || route === 'onRoomRemoved') {
    loadRooms(false).catch((error) => ($('state').textContent = error.message));
  }
};

// ---- Rooms

const loadRooms = async (reopen) => {
  let rooms = await call('GET', '/room?limit=100');
  if (rooms.length === 0) rooms = [await connection.request('room.join', {})];
  const options = rooms.map(({ id, name }) => new Option(`${name} · ${id}`, id));
  $('rooms').replaceChildren(...options);
  const isKnown = rooms.some(({ id }) => id === room.id);
  if (isKnown) $('rooms').value = room.id;
  if (reopen || !isKnown) await openRoom(isKnown ? room.id : rooms[0].id);
};

const openRoom = async (id) => {
  if (room.id !== id) room.messages.clear();
  room.id = id;
  $('rooms').value = id;
  const page = await connection.request('room.history', { id, limit: PAGE_SIZE });
  if (room.id !== id) return;
  room.hasOlder = page.length === PAGE_SIZE;
  // Messages that a gap would stand between are loaded anew.
  room.messages.clear();
  for (const message of page) room.messages.set(message.id, message);
  render('end');
};

$('rooms').addEventListener('change', () => {
  openRoom(Number($('rooms').value)).catch((error) => ($('state').textContent = error.message));
});

$('older').addEventListener('click', async () => {
  const id = room.id;
  const beforeSeq = Math.min(...[...room.messages.values()].map(({ seq }) => seq));
  const page = await connection.request('room.history', { id, beforeSeq, limit: PAGE_SIZE });
  if (room.id !== id) return;
  room.hasOlder = page.length === PAGE_SIZE;
  for (const message of page) room.messages.set(message.id, message);
  render('stay');
});

$('join-open').addEventListener('click', () => {
  $('join-form').reset();
  $('join-error').textContent = '';
  $('join').showModal();
});
$('join-cancel').addEventListener('click', () => $('join').close());
$('join-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const id = Number($('join-id').value.trim());
  const name = $('join-name').value.trim();
  try {
    const joined = id ? await connection.request('room.join', { id }) : await connection.request('room.create', { name });
    room.id = joined.id;
    room.messages.clear();
    await loadRooms(true);
    $('join').close();
  } catch (error) {
    $('join-error').textContent = error.message;
  }
});

// ---- Messages

const element = (tag, className, text = '') => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};

const wordsOf = ({ isRecalled, textMessage, mediaMessage }) => {
  if (isRecalled) return element('div', 'bubble gone', 'Message taken back');
  const bubble = element('div', 'bubble', textMessage?.text ?? mediaMessage?.text ?? '');
  if (mediaMessage?.url.startsWith('/uploads/')) {
    const link = element('a', '', mediaMessage.name);
    link.href = mediaMessage.url;
    link.target = '_blank';
    link.rel = 'noopener';
    bubble.append(mediaMessage.text ? ' ' : '', link);
  }
  return bubble;
};

const rowOf = (message, previous) => {
  if (message.systemMessage) return element('li', 'notice', message.systemMessage.text);
  const isFirst = previous?.userId !== message.userId || Boolean(previous?.systemMessage);
  const isOwn = message.userId === session.user?.id;
  const row = element('li', `message${isFirst ? ' first' : ''}${isOwn ? ' own' : ''}`);
  if (isFirst) {
    const picture = document.createElement('img');
    picture.alt = '';
    picture.src = message.user?.image ?? '';
    row.append(picture, element('span', 'who', message.user?.userName ?? 'Somebody'));
  }
  const bubble = wordsOf(message);
  const at = new Date(message.createdAt);
  const time = element('time', '', at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
  time.dateTime = message.createdAt;
  time.title = at.toLocaleString();
  bubble.append(time);
  row.append(bubble);
  return row;
};

// `end` shows the newest message, `follow` does if the reader is there already, `stay` never.
const render = (scroll) => {
  const scroller = $('scroller');
  const fromEnd = scroller.scrollHeight - scroller.scrollTop;
  const isAtEnd = fromEnd - scroller.clientHeight < 80;
  const messages = [...room.messages.values()].sort((a, b) => a.seq - b.seq);
  $('log').replaceChildren(...messages.map((message, n) => rowOf(message, messages[n - 1])));
  $('older').hidden = !room.hasOlder;
  $('empty').hidden = messages.length > 0;
  const isEnd = scroll === 'end' || (scroll === 'follow' && isAtEnd);
  scroller.scrollTop = scroller.scrollHeight - (isEnd ? 0 : fromEnd);
};

const send = async () => {
  const text = $('text').value;
  if (!text.trim()) return;
  $('send-error').textContent = '';
  const clientMsgId = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  const body = { channelId: room.id, contentType: 'TEXT_MESSAGE', textMessage: { text }, clientMsgId };
  $('text').value = '';
  try {
    const message = await connection.request('room.sendMessage', body);
    if (message.roomId === room.id) room.messages.set(message.id, message);
    render('end');
  } catch (error) {
    $('send-error').textContent = `Not sent: ${error.message}`;
    if (!$('text').value) $('text').value = text;
  }
};

$('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  send();
});
$('text').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send();
  }
});

// ---- Start: the cookie may still hold a session.

try {
  keep(await call('POST', '/refresh'));
  session.user = await call('GET', '/userInfo');
  await showChat();
} catch {
  showDoor(false);
}
