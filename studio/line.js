/** The page's end of the room's thread. */

import { TICKS_PER_SECOND } from './wire.js';

export class Line {
  /**
   * @param {{universe: string, mode: 'room'|'solo'}} join
   * @param {(fresh: boolean) => Promise<?string>} token  the access token; a new one where the last was refused
   * @param {import('./live.js').Ears} ears
   */
  constructor(join, token, ears) {
    this.token = token;
    this.ears = ears;
    this.offset = null; // server clock minus performance.now(), ms
    this.member = null;
    this.worker = new Worker(new URL('./live-worker.js', import.meta.url), { type: 'module' });
    this.worker.onmessage = ({ data }) => Object.entries(data).forEach(([kind, words]) => this[`on_${kind}`]?.(words, data));
    const address = new URL('/ws', location.href);
    address.protocol = address.protocol.replace('http', 'ws');
    this.worker.postMessage({ join: { ...join, address: address.href } });
  }

  on_state(state, { why }) {
    this.ears.state(state, why);
  }

  on_welcome(words) {
    this.member = words.member;
    this.ears.welcome(words);
  }

  on_told(words) {
    this.ears.told(words);
  }

  on_slice(slice) {
    this.ears.slice(slice);
  }

  on_clock(since) {
    this.offset = since + performance.timeOrigin;
  }

  async on_token(fresh) {
    const token = await this.token(fresh);
    this.worker.postMessage({ token });
  }

  say(words) {
    this.worker.postMessage({ say: words });
  }

  /** Change the universe; said again after a break until the room has answered. */
  edit(patch, gesture) {
    const words = { type: 'edit', op_id: uuid(), patch };
    if (gesture) words.gesture = gesture;
    this.worker.postMessage({ edit: words });
    return words.op_id;
  }

  /** Have the sound sent to a player's port, or nowhere. */
  listen(port, latency) {
    if (port) this.worker.postMessage({ port, latency }, [port]);
    this.worker.postMessage({ codec: port ? 'pcm16' : 'none' });
  }

  /** The tick that everyone hears at a moment of performance.now(); null before the server's clock is known. */
  tick(now, transport) {
    if (transport.time_ms === undefined) return null;
    if (!transport.playing) return transport.tick;
    if (this.offset === null) return null;
    return transport.tick + ((now + this.offset - transport.time_ms) * TICKS_PER_SECOND) / 1000;
  }

  close() {
    this.worker.postMessage({ close: true });
  }
}

/** A random UUID where the page is not served over HTTPS, and the browser keeps its own to itself. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
