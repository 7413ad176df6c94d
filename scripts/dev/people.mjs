// Two people who know each other, so that there is somebody to be and something to see. They are
// for development alone: everybody knows their password.

export const PASSWORD = 'banter-demo';

const ADA = { email: 'ada@example.org', userName: 'Ada' };
const BOB = { email: 'bob@example.org', userName: 'Bob' };
const ROOM = 'Workshop';
const TALK = [
  [ADA, 'Welcome to the workshop! Everything in here is for trying out.'],
  [BOB, 'Thanks! **Markdown** works, so does `code`, and emoji 😁'],
  [BOB, '中文也没问题：输入两个字就能搜到这条消息。'],
  [ADA, 'A link for the details list: https://www.rust-lang.org'],
];

/** Signs them up and lets them meet, unless they have; says their addresses. */
export async function invite(url) {
  const [ada, bob] = [await person(url, ADA), await person(url, BOB)];
  await ada.ask('POST', '/friend', { id: bob.id });
  const rooms = await ada.ask('GET', '/room?limit=100');
  const room =
    rooms.find((known) => known.name === ROOM) ??
    (await ada.ask('POST', '/room', { name: ROOM, memberIds: [bob.id] }));
  for (const [place, [who, text]] of TALK.entries()) {
    // The id makes it one message however often this runs.
    const message = { channelId: room.id, contentType: 'TEXT_MESSAGE', textMessage: { text } };
    await (who === ADA ? ada : bob).ask('POST', '/room/message', {
      ...message,
      clientMsgId: `demo-${place}`,
    });
  }
  return [ADA.email, BOB.email];
}

async function person(url, { email, userName }) {
  const wish = { email, password: PASSWORD };
  let signedIn = await call(url, 'POST', '/login', wish);
  if (signedIn.code === 1002) {
    given(await call(url, 'POST', '/register', { ...wish, userName }), 'sign up');
    signedIn = await call(url, 'POST', '/login', wish);
  }
  const { accessToken, user } = given(signedIn, 'sign in');
  const ask = async (method, path, body) => given(await call(url, method, path, body, accessToken), path);
  return { id: user.id, ask };
}

async function call(url, method, path, body, token) {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(`${url}/api${path}`, { method, headers, body: body && JSON.stringify(body) });
  return answer.json();
}

function given(answer, what) {
  if (answer.code !== 0) throw new Error(`the demo people cannot ${what}: ${answer.message}`);
  return answer.data;
}
