/** The HTTP side: short requests, the access token in memory only, problems as sentences. */

const BASE = '/api/v1';
const RENEW_BEFORE_MS = 60_000;

/** What the server says begins small, since programs put it behind a colon; people read a sentence. */
const sentence = (words) => words[0].toUpperCase() + words.slice(1);

/** What a server refused, in words for a person. */
export class Problem extends Error {
  constructor(status, body) {
    super(sentence(body?.detail || body?.title || `The server answered ${status}.`));
    this.status = status;
    this.code = body?.code ?? '';
    /** @type {{path?: string, message: string}[]} */
    this.problems = body?.problems ?? [];
  }
}

export class Rest {
  constructor() {
    this.access = null;
    this.expires = 0;
    this.seat = null;
    this.me = null;
    /** @type {(me: ?object) => void} */
    this.onperson = () => {};
  }

  /** Send one request; the answer's JSON, with its ETag kept beside it. */
  async ask(method, path, body, headers = {}) {
    if (path !== '/auth/refresh' && this.access && Date.now() > this.expires) await this.refresh();
    // The browser's own cache asks the server each time, by an ETag that names the very words: who
    // may do something else is told in others.
    const options = { method, headers: { 'X-Mundi-Client': 'studio', ...headers }, credentials: 'same-origin' };
    const proof = this.access ?? this.seat;
    if (proof) options.headers.Authorization = `Bearer ${proof}`;
    if (body instanceof Blob) {
      options.headers['Content-Type'] = body.type;
      options.body = body;
    } else if (body !== undefined) {
      options.headers['Content-Type'] ??= 'application/json';
      options.body = JSON.stringify(body);
    }
    const response = await fetch(BASE + path, options).catch(() => null);
    if (!response) throw new Problem(0, { detail: 'The server cannot be reached just now.' });
    return this.read(response);
  }

  async read(response) {
    const text = await response.text();
    const body = text && /json/.test(response.headers.get('Content-Type') ?? '') ? JSON.parse(text) : null;
    if (!response.ok) throw new Problem(response.status, body);
    if (body && typeof body === 'object') Object.defineProperty(body, 'etag', { value: response.headers.get('ETag') });
    return body;
  }

  get = (path) => this.ask('GET', path);
  post = (path, body = {}, headers = {}) => this.ask('POST', path, body, headers);
  patch = (path, body) => this.ask('PATCH', path, body);
  put = (path, body) => this.ask('PUT', path, body);
  del = (path) => this.ask('DELETE', path);

  /** Fetch a file whole. */
  async file(path) {
    const options = { headers: { Authorization: `Bearer ${await this.token()}` } };
    const response = await fetch(BASE + path, options).catch(() => null);
    if (!response) throw new Problem(0, { detail: 'The server cannot be reached just now.' });
    return response.ok ? response.blob() : this.read(response);
  }

  /** Take the key pair of an answer, and the person with it. */
  async enter(answer) {
    this.keep(answer);
    // Only a flag: a first visit need not ask for a session that cannot be there.
    localStorage.setItem('mundi.was-in', '1');
    this.me = answer.user;
    this.onperson(this.me);
    return this.me;
  }

  keep(answer) {
    this.access = answer.access_token;
    this.expires = Date.now() + 1000 * answer.expires_in_s - RENEW_BEFORE_MS;
  }

  /** Make an account; where a letter has to be answered first, that promise comes back instead. */
  async register(person) {
    const answer = await this.post('/auth/register', person);
    return answer.sent_to ? answer : this.enter(answer);
  }

  confirm = async (words) => this.enter(await this.post('/auth/confirm', words));
  login = async (person) => this.enter(await this.post('/auth/login', person));

  /** Come back with the cookie of an earlier visit, if there is one. */
  async resume() {
    if (!localStorage.getItem('mundi.was-in')) return null;
    try {
      return await this.enter(await this.post('/auth/refresh'));
    } catch {
      return this.leave();
    }
  }

  /** A new access token; two that ask at once share one answer. */
  refresh() {
    this.refreshing ??= this.post('/auth/refresh')
      .then((answer) => this.keep(answer))
      .catch(() => this.leave())
      .finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  /** Come in as a guest: what a share link gave proves it, while this page is open. */
  sit(token) {
    this.seat = token;
  }

  /** The token for a socket; a fresh one where the last was refused. */
  async token(fresh) {
    if (this.access && (fresh || Date.now() > this.expires)) await this.refresh();
    return this.access ?? this.seat;
  }

  async logout() {
    await this.post('/auth/logout').catch(() => null);
    this.leave();
  }

  /** Be nobody from now on; without an account, where that was deleted. */
  leave({ deleted = false } = {}) {
    this.access = null;
    this.me = null;
    localStorage.removeItem('mundi.was-in');
    this.onperson(null, deleted);
    return null;
  }
}
