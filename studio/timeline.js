/** What arrived from the room and is still to be shown: frames and notes, by tick. */

import { SAMPLES_PER_TICK, TICKS_PER_SECOND } from './wire.js';

const KEEP_TICKS = 3 * TICKS_PER_SECOND;
const MARGIN_TICKS = 3; // 25 ms in hand before the next slice when there is no sound to follow
const JUMP_TICKS = 18;
const LOOK_AHEAD = 240; // samples; the server's limiter sounds everything so much later

export class Timeline {
  constructor() {
    this.rosters = new Map();
    this.clear();
  }

  clear() {
    /** @type {{tick: number, roster: number, bodies: number, positions: Float32Array}[]} */
    this.frames = [];
    /** @type {import('./wire.js').Note[]} */
    this.notes = [];
    this.head = null;
    this.line = null;
    this.moved = 0;
  }

  /** Name the rows of the frames that carry a roster's number. */
  name({ number, ids, radii }) {
    this.rosters.set(number, { ids, radii: radii ?? [], index: new Map(ids.map((id, row) => [id, row])) });
    if (this.rosters.size > 64) this.rosters.delete(this.rosters.keys().next().value);
  }

  /** Take a slice in. `now` is performance.now() at its arrival. */
  take(slice, now) {
    if (slice.frames) this.keep(slice, slice.frames, { looks: slice.looks, visual: slice.visual });
    for (const note of slice.notes) if (!note.ends) this.notes.push(note);
    const line = now - (1000 * slice.tick) / TICKS_PER_SECOND;
    // The earliest arrival tells the road without its jams; it is forgotten slowly, as clocks drift.
    this.line = this.line === null || line < this.line ? line : this.line + Math.min(2, (line - this.line) * 0.02);
  }

  keep(slice, { count, bodies, positions, roster }, shown) {
    const step = count > 0 ? slice.ticks / count : 2;
    for (let i = 0; i < count; i += 1) {
      const row = positions.subarray(3 * bodies * i, 3 * bodies * (i + 1));
      this.frames.push({ tick: slice.tick + i * step, roster, bodies, positions: row, shown });
    }
    const oldest = slice.tick - KEEP_TICKS;
    while (this.frames.length && this.frames[0].tick < oldest) this.frames.shift();
  }

  get newest() {
    return this.frames.length ? this.frames[this.frames.length - 1].tick : 0;
  }

  /**
   * The tick to show now, moved on smoothly.
   * @param {number} now performance.now()
   * @param {?number} heard the tick at the ear, where there is sound
   */
  advance(now, heard) {
    if (!this.frames.length) return null;
    const wanted = heard ?? ((now - this.line) * TICKS_PER_SECOND) / 1000 - MARGIN_TICKS - 6;
    const step = (Math.min(100, now - this.moved) * TICKS_PER_SECOND) / 1000;
    this.moved = now;
    const error = this.head === null ? Infinity : wanted - (this.head + step);
    this.head = Math.abs(error) > JUMP_TICKS ? wanted : this.head + Math.max(0, step + error * 0.12);
    this.head = Math.min(Math.max(this.head, this.frames[0].tick), this.newest);
    return this.head;
  }

  /** The notes that have become audible up to a tick, and are thereby done. */
  due(tick) {
    const sample = tick * SAMPLES_PER_TICK - LOOK_AHEAD;
    const now = this.notes.filter((note) => note.sample <= sample);
    if (now.length) this.notes = this.notes.filter((note) => note.sample > sample);
    return now;
  }

  /** The frames after one tick up to another, each with the ids of its rows: for what must miss none. */
  *since(last, tick) {
    for (const frame of this.frames) {
      const roster = frame.tick > last && frame.tick <= tick && this.rosters.get(frame.roster);
      if (roster) yield { tick: frame.tick, ids: roster.ids, positions: frame.positions };
    }
  }

  /**
   * Where the bodies are at a tick, between two frames.
   * @returns {?{ids: string[], radii: number[], positions: Float32Array, looks: ?Uint8Array, visual: ?object}}
   */
  at(tick) {
    const frames = this.frames;
    let i = frames.length - 1;
    while (i > 0 && frames[i].tick > tick) i -= 1;
    const one = frames[i];
    const roster = one && this.rosters.get(one.roster);
    if (!roster) return null;
    const two = frames[i + 1];
    const same = two && two.roster === one.roster;
    if (!same) return { ...roster, ...one.shown, positions: one.positions };
    return { ...roster, ...one.shown, positions: between(one, two, (tick - one.tick) / (two.tick - one.tick)) };
  }
}

function between(one, two, share) {
  const mix = Math.min(1, Math.max(0, share));
  const positions = new Float32Array(one.positions.length);
  for (let i = 0; i < positions.length; i += 1) {
    positions[i] = one.positions[i] + (two.positions[i] - one.positions[i]) * mix;
  }
  return positions;
}
