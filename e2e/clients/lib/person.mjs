// Somebody with an account, who uses the API with nothing but HTTP.

export const PASSWORD = 'correct horse battery';

export class Person {
  #api;

  constructor(api, { email, profile, token, cookies }) {
    this.#api = api;
    this.email = email;
    this.id = profile.id;
    this.name = profile.userName;
    this.profile = profile;
    this.token = token;
    this.cookies = cookies;
  }

  /** Registers and signs in by HTTP. */
  static async register(api, userName) {
    const email = `${userName.toLowerCase().replace(/[^a-z0-9]/g, '')}@example.org`;
    await api.give('POST', '/register', { json: { email, password: PASSWORD, userName } });
    return Person.login(api, email);
  }

  static async login(api, email) {
    const answer = await api.ask('POST', '/login', { json: { email, password: PASSWORD } });
    if (answer.code !== 0) throw new Error(`${email} cannot sign in: ${answer.code} ${answer.message}`);
    const cookies = answer.headers.getSetCookie();
    return new Person(api, { email, profile: answer.data.user, token: answer.data.accessToken, cookies });
  }

  /** The same person on another device. */
  again() {
    return Person.login(this.#api, this.email);
  }

  /** The answer, whatever it says. */
  ask(method, path, json, options = {}) {
    return this.#api.ask(method, path, { token: this.token, json, ...options });
  }

  get(path) {
    return this.#api.give('GET', path, { token: this.token });
  }

  post(path, json = undefined) {
    return this.#api.give('POST', path, { token: this.token, json });
  }

  patch(path, json) {
    return this.#api.give('PATCH', path, { token: this.token, json });
  }

  delete(path, json = undefined) {
    return this.#api.give('DELETE', path, { token: this.token, json });
  }

  upload(form) {
    return this.#api.give('POST', '/upload', { token: this.token, form });
  }

  /** Says a text in a room. */
  say(room, text, more = {}) {
    return this.post('/room/message', { channelId: room.id, ...textOf(text), ...more });
  }

  /** A page of a room's history, `place` being such as `afterSeq=0`. */
  history(room, place, limit = 50) {
    return this.get(`/room/messages?id=${room.id}&${place}&limit=${limit}`);
  }
}

/** The part of a message that makes it a text. */
export function textOf(text) {
  return { contentType: 'TEXT_MESSAGE', textMessage: { text } };
}
