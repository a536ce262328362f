/** The live room: one WebSocket of sub-protocol mundi.v1, kept open, joined again where it breaks. */

import { TICKS_PER_SECOND, message } from './wire.js';

const PING_MS = 2000;
const BACKOFF_MS = [300, 600, 1200, 2500, 5000, 10000];
const FINAL_CODES = new Set([4400, 4403, 4404, 4422, 1002, 1003]);
const TOKEN_CODE = 4401;

/**
 * @typedef {object} Ears  what a room tells
 * @property {(welcome: object) => void} welcome
 * @property {(slice: import('./wire.js').Message) => void} slice
 * @property {(message: object) => void} told  any other JSON message, by its type
 * @property {(offset: number) => void} [clock]  server clock minus performance.now(), ms
 * @property {(state: 'joining'|'open'|'lost'|'closed', why?: object) => void} state
 */

export class Room {
  /**
   * @param {object} options
   * @param {string} options.universe
   * @param {'room'|'solo'} options.mode
   * @param {string} options.address  of the socket
   * @param {(fresh: boolean) => Promise<?string>} options.token  the access token; a new one where the last was refused
   * @param {() => 'pcm16'|'none'} options.codec
   * @param {Ears} ears
   */
  constructor({ universe, mode, address, token, codec }, ears) {
    Object.assign(this, { universe, mode, address, token, codec, ears });
    this.tries = 0;
    this.closed = false;
    this.refused = false;
    this.offset = null; // server clock minus performance.now(), ms
    this.trip = Infinity;
    this.waiting = new Map();
    this.connect();
  }

  async connect() {
    this.ears.state('joining');
    const token = await this.token(this.refused);
    if (this.closed) return;
    this.socket = new WebSocket(this.address, 'mundi.v1');
    this.socket.binaryType = 'arraybuffer';
    this.socket.onopen = () => this.join(token);
    this.socket.onmessage = ({ data }) => this.hear(data);
    this.socket.onclose = (event) => this.lost(event);
  }

  join(token) {
    this.say({ type: 'join', universe: this.universe, mode: this.mode, token, sound: this.codec() });
    this.ping();
  }

  say(words) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(words));
    return true;
  }

  hear(data) {
    if (typeof data !== 'string') {
      const slice = message(data);
      if (slice) this.ears.slice(slice);
      return;
    }
    const words = JSON.parse(data);
    if (words.type === 'welcome') this.welcomed(words);
    else if (words.type === 'pong') this.timed(words);
    else this.tell(words);
  }

  welcomed(words) {
    this.tries = 0;
    this.ears.state('open');
    this.ears.welcome(words);
    clearInterval(this.pinging);
    this.pinging = setInterval(() => this.ping(), PING_MS);
    for (const edit of this.waiting.values()) this.say(edit);
  }

  tell(words) {
    if (words.op_id) this.waiting.delete(words.op_id);
    this.ears.told(words);
  }

  /** Say an edit, and say it again after a break until the room has answered. */
  edit(words) {
    this.waiting.set(words.op_id, words);
    this.say(words);
  }

  ping() {
    const delay = Number.isFinite(this.trip) ? Math.min(2000, this.trip / 2) : 0;
    this.say({ type: 'ping', sent: performance.now(), delay_ms: delay });
  }

  /** When the server wants a tick heard, as a moment of performance.now(); null before its clock is known. */
  moment(tick, transport) {
    if (this.offset === null || transport.time_ms === undefined) return null;
    return transport.time_ms + ((tick - transport.tick) * 1000) / TICKS_PER_SECOND - this.offset;
  }

  /** The quickest answer tells the server's clock best. */
  timed({ sent, now }) {
    const trip = performance.now() - sent;
    if (trip > this.trip * 1.5 + 2 && this.offset !== null) return;
    this.trip = Math.min(trip, this.trip * 1.1 + 1);
    this.offset = now + trip / 2 - performance.now();
    this.ears.clock(this.offset);
  }

  lost({ code, reason }) {
    clearInterval(this.pinging);
    if (this.closed) return;
    if (FINAL_CODES.has(code)) {
      this.closed = true;
      this.ears.state('closed', { code, reason });
      return;
    }
    this.refused = code === TOKEN_CODE;
    this.ears.state('lost', { code, reason });
    const wait = BACKOFF_MS[Math.min(this.tries, BACKOFF_MS.length - 1)];
    this.tries += 1;
    this.timer = setTimeout(() => this.connect(), wait * (0.75 + Math.random() / 2));
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    clearInterval(this.pinging);
    this.socket?.close(1000);
  }
}
