/** One universe being listened to: its room, its document as edited so far, its timeline. */

import { Line, uuid } from './line.js';
import { patched } from './patch.js';
import { Timeline } from './timeline.js';
import { TICKS_PER_SECOND } from './wire.js';

export class Session extends EventTarget {
  /**
   * @param {object} universe  as the REST API gives it, with or without its document
   * @param {'room'|'solo'} mode
   * @param {import('./sound.js').Sound} sound
   * @param {(fresh: boolean) => Promise<?string>} token
   */
  constructor(universe, mode, sound, token) {
    super();
    this.universe = universe;
    this.mode = mode;
    this.sound = sound;
    this.timeline = new Timeline();
    this.document = universe.document ?? {};
    this.edited = false;
    this.role = 'viewer';
    this.transport = { playing: true, generation: null, tick: 0 };
    this.generation = null;
    this.mine = new Map();
    this.room = new Line({ universe: universe.id, mode }, token, this.ears());
    if (sound.wanted) this.listen(true);
  }

  ears() {
    return {
      welcome: (words) => this.welcomed(words),
      slice: (slice) => this.heard(slice),
      told: (words) => this[`on_${words.type}`]?.(words),
      state: (state, why) => this.emit('state', { state, why }),
    };
  }

  emit(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  welcomed(words) {
    this.role = words.role ?? 'viewer';
    this.document = words.document ?? this.document;
    this.timeline.clear();
    if (words.roster) this.timeline.name(words.roster);
    this.generation = words.transport?.generation ?? null;
    this.transport = { ...this.transport, ...(words.transport ?? {}) };
    this.emit('document', { fresh: true });
    this.emit('transport', this.transport);
    this.emit('members', { members: words.members });
  }

  heard(slice) {
    if (slice.generation !== this.generation) this.anew(slice.generation);
    this.timeline.take(slice, performance.now());
    if (slice.meters) this.emit('meters', slice.meters);
  }

  anew(generation) {
    this.generation = generation;
    this.timeline.clear();
    this.emit('generation', { generation });
  }

  on_event(words) {
    if (words.patch && (words.kind ?? 'document').startsWith('document')) {
      this.document = patched(this.document, words.patch);
      this.edited = true;
      this.emit('document', { fresh: false, mine: this.mine.delete(words.op_id), gesture: words.gesture, patch: words.patch });
    }
    this.emit('event', words);
  }

  /** What others have written since one's own gesture stays; the change itself comes as an event. */
  on_undone(words) {
    this.emit('undone', words);
  }

  on_applied(words) {
    this.emit('applied', words);
  }

  on_transport(words) {
    this.transport = { ...this.transport, ...words };
    this.emit('transport', this.transport);
  }

  on_roster(words) {
    this.timeline.name(words);
  }

  on_presence(words) {
    this.emit('members', { members: words.members ?? [] });
  }

  on_role({ role }) {
    this.role = role;
    this.emit('document', { fresh: false });
  }

  on_error(words) {
    this.mine.delete(words.op_id);
    this.emit('refused', words);
  }

  /** The tick to show at a moment of performance.now(): what is at the ear, or would be. */
  tick(now) {
    const wanted = this.sound.tick(now) ?? this.room.tick(now, this.transport);
    return this.timeline.advance(now, wanted);
  }

  get mayEdit() {
    return this.mode === 'solo' || this.role === 'owner' || this.role === 'editor';
  }

  get mayPush() {
    return this.mayEdit || this.role === 'performer';
  }

  /** Push bodies that are there: the document stays as it is. */
  push(pushes) {
    this.room.say({ type: 'push', op_id: uuid(), pushes });
  }

  edit(patch, gesture) {
    const op = this.room.edit(patch, gesture);
    this.mine.set(op, true);
    return op;
  }

  /** Take one's own last gesture back, or do it again. */
  turn(act) {
    this.room.say({ type: act, op_id: uuid() });
  }

  play(playing) {
    this.room.say({ type: playing ? 'play' : 'pause' });
  }

  seek(tick) {
    this.room.say({ type: 'seek', tick: Math.max(0, Math.round(tick)) });
  }

  /** Ask for the sound, or for silence: the picture comes anyway. */
  listen(on) {
    this.room.listen(on ? this.sound.port() : null, this.sound.latency);
  }

  /** Universe time that passes in one heard second, for speeds. */
  get rate() {
    const { clock = {}, music = {}, physics = {} } = this.document;
    const beats = (music.tempo ?? 120) / 60;
    return (clock.rate ?? 1) * (physics.time_scale ?? 1) * (clock.per === 'beat' ? beats : 1);
  }

  get seconds() {
    return (this.timeline.head ?? 0) / TICKS_PER_SECOND;
  }

  close() {
    this.room.close();
  }
}

