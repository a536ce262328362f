/** How bright and of what colour each body is: pale at first, then of the last note it sang. */

import { light, rest } from '../colour.js';

const WHITE = [1, 1, 1];
const FLASH_MS = 520;
const TINT_MS = 6000;

export class Lamps {
  constructor() {
    this.lit = new Map();
    this.own = new Map();
    this.resting = new Map();
    this.palette = 'spectrum';
    this.steady = new Set();
    this.saturation = 0.8;
    this.brightness = 1;
  }

  clear() {
    this.lit.clear();
  }

  /** Give every body the colour it has before it sings. */
  name(ids) {
    const own = ids.filter((id) => !id.startsWith('zz-'));
    this.resting = new Map(ids.map((id) => [id, [1, 0.95, 0.86]]));
    own.forEach((id, row) => this.resting.set(id, rest(this.palette, row / Math.max(1, own.length))));
  }

  /** The colour of a note. */
  colour(note) {
    return light(note.pitch_class ?? 0, this.saturation).map((value) => value * this.brightness);
  }

  sing(note, now) {
    const colour = this.colour(note);
    for (const id of note.bodies ?? []) {
      // A star shines in its own colour, whatever passes before it.
      this.lit.set(id, { colour: this.steady.has(id) ? this.own.get(id) ?? WHITE : colour, since: now, velocity: note.velocity });
    }
  }

  /** 1 at the onset, gone after half a second. */
  flash(id, now) {
    const lit = this.lit.get(id);
    if (!lit) return 0;
    return (0.4 + 0.6 * lit.velocity) * Math.exp((-3 * (now - lit.since)) / FLASH_MS);
  }

  tint(id, now) {
    const base = (this.own.get(id) ?? this.resting.get(id) ?? WHITE).map((value) => value * this.brightness);
    const lit = this.lit.get(id);
    if (!lit) return base;
    const share = (this.own.has(id) ? 0.5 : 0.9) * Math.max(0.35, 1 - (now - lit.since) / TINT_MS);
    return base.map((value, i) => value + (lit.colour[i] - value) * share);
  }
}
