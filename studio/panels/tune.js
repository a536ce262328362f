/** Shape: sliders for the parameters that this universe listens to. */

import { uuid } from '../line.js';
import { at, read } from '../patch.js';
import { $, h } from './dom.js';

const SEND_MS = 55; // at most 18 edits a second under one gesture

/** What is worth a slider, by what a document is made of. */
const GROUPS = [
  ['Motion', ['physics.gravity', 'physics.time_scale', 'physics.elasticity', 'physics.air_resistance', 'physics.temperature', 'physics.gravitation']],
  ['Music', ['music.tempo', 'music.key', 'music.scale', 'music.harmony', 'music.note_density']],
  ['Sound', ['music.volume', 'music.reverb.mix', 'music.reverb.decay', 'music.delay.mix', 'music.filter.cutoff']],
];
const CURVED = new Set(['physics.gravitation', 'music.filter.cutoff', 'music.reverb.decay', 'music.note_density', 'physics.time_scale']);
const NAMES = { 'physics.time_scale': 'time', 'physics.elasticity': 'bounce', 'music.reverb.mix': 'reverb', 'music.reverb.decay': 'reverb length', 'music.delay.mix': 'echo', 'music.filter.cutoff': 'brightness', 'music.note_density': 'notes at most', 'physics.air_resistance': 'air' };

const ARROWS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
const KEY_STEP = 10; // of a thousand: one would not always change what three digits tell

export class Tune {
  /** @param {() => ?import('../session.js').Session} session */
  constructor(session) {
    this.session = session;
    this.parameters = new Map();
    this.rows = new Map();
    this.gestures = new Map();
  }

  async load(rest) {
    const { items } = await rest.get('/parameters');
    for (const row of items) this.parameters.set(row.path, row);
  }

  /** Lay out the sliders for the universe that is open. */
  draw() {
    const session = this.session();
    if (!session) return;
    this.rows.clear();
    const groups = GROUPS.map(([name, paths]) => [name, paths.filter((path) => this.counts(path, session.document))]);
    const made = groups.flatMap(([name, paths]) => (paths.length ? [h('h3', { class: 'group' }, name), ...paths.map((path) => this.row(path, session))] : []));
    $('sliders').replaceChildren(...made);
    $('tune-note').textContent = note(session);
  }

  counts(path, document) {
    if (!this.parameters.has(path)) return false;
    const rails = Object.values(document.bodies ?? {}).some((body) => body.orbit);
    const orbits = document.world === 'orbits';
    const touch = { 'physics.elasticity': !orbits, 'physics.air_resistance': !orbits, 'physics.gravity': !rails, 'physics.temperature': read(document, path) !== undefined, 'physics.gravitation': typeof read(document, path) === 'number' };
    if (path === 'music.key' || path === 'music.harmony') return read(document, 'music.scale') !== 'free';
    return touch[path] ?? true;
  }

  row(path, session) {
    const parameter = this.parameters.get(path);
    const made = parameter.choices?.length && parameter.kind === 'word' ? this.choice(path, parameter) : this.slider(path, parameter);
    this.rows.set(path, made);
    made.show(this.value(path, session.document));
    made.input.disabled = !session.mayEdit;
    return made.element;
  }

  value(path, document) {
    const said = read(document, path) ?? preset(path, document) ?? this.parameters.get(path).default;
    return Array.isArray(said) ? said[1] : said;
  }

  slider(path, parameter) {
    const id = `set-${path.replaceAll('.', '-')}`;
    const low = path === 'physics.gravity' ? -20 : parameter.low;
    const scale = CURVED.has(path) ? curve(Math.max(low, 1e-3), parameter.high) : line(low, parameter.high);
    const input = h('input', { type: 'range', id, min: 0, max: 1000, step: 1, title: parameter.meaning });
    const output = h('output', { for: id });
    const tell = (value) => {
      input.style.setProperty('--share', `${input.value / 10}%`);
      output.textContent = `${tidy(value)} ${this.unit(parameter)}`.trim();
      input.setAttribute('aria-valuetext', output.textContent);
    };
    const show = (value) => {
      input.value = String(Math.round(1000 * scale.share(Number(value ?? low))));
      tell(value);
    };
    input.oninput = () => {
      const before = this.gestures.get(path)?.value ?? this.value(path, this.session()?.document ?? {});
      const value = Number(scale.value(input.value / 1000).toPrecision(3));
      // The knob stays where it was put: a step too small to be told apart is not to push it back.
      tell(value);
      if (value !== before) this.send(path, value);
    };
    input.onchange = input.onkeyup = input.onblur = () => this.gestures.delete(path);
    input.onkeydown = (event) => {
      if (!(event.key in ARROWS)) return;
      event.preventDefault();
      input.value = Number(input.value) + ARROWS[event.key] * KEY_STEP;
      input.oninput();
    };
    const element = h('div', { class: 'slider' }, h('label', { for: id }, NAMES[path] ?? parameter.name), output, input);
    return { element, input, show };
  }

  /** A unit as people write it: "length" is what this universe measures in. */
  unit({ unit = '' }) {
    const length = this.session()?.document.units?.length ?? 'm';
    return unit.replace('length', length).replace('1/s', '/ s').replace('notes/s', 'a second');
  }

  choice(path, parameter) {
    const id = `set-${path.replaceAll('.', '-')}`;
    const input = h('select', { id, title: parameter.meaning }, ...parameter.choices.map((word) => h('option', {}, word)));
    input.onchange = () => this.send(path, input.value);
    const element = h('div', { class: 'slider' }, h('label', { for: id }, NAMES[path] ?? parameter.name), input);
    return { element, input, show: (value) => (input.value = value) };
  }

  /** Send the newest value, not more often than the room takes them. */
  send(path, value) {
    const gesture = this.gestures.get(path) ?? { id: uuid(), last: 0, timer: null };
    this.gestures.set(path, gesture);
    gesture.value = value;
    if (gesture.timer) return;
    const wait = Math.max(0, SEND_MS - (performance.now() - gesture.last));
    gesture.timer = setTimeout(() => {
      gesture.timer = null;
      gesture.last = performance.now();
      this.session()?.edit(this.patch(path, gesture.value), gesture.id);
    }, wait);
  }

  patch(path, value) {
    if (path !== 'physics.gravity') return at(path, value);
    const document = this.session()?.document ?? {};
    const now = read(document, path) ?? preset(path, document) ?? [0, 0, 0];
    return at(path, [now[0], value, now[2] ?? 0]);
  }

  /** Somebody's edit arrived: move what is not in this person's hand. */
  follow() {
    const session = this.session();
    for (const [path, row] of this.rows) {
      row.input.disabled = !session.mayEdit;
      if (document.activeElement === row.input && this.gestures.has(path)) continue;
      row.show(this.value(path, session.document));
    }
  }
}

function note(session) {
  if (session.mode === 'solo') return 'You are playing alone: change anything, nobody else hears it.';
  if (session.mayEdit) return 'Everyone in the room hears what you change.';
  if (session.mayPush) return 'Play it, and push what is there. Its owner decides who may change it.';
  return 'You are listening. Its owner decides who may change it.';
}

function preset(path, { world }) {
  const still = world === 'space' || world === 'orbits';
  if (path === 'physics.gravity') return still ? [0, 0, 0] : [0, -9.81, 0];
  if (path === 'physics.elasticity') return { earth: 0.7, space: 1, water: 0.3 }[world];
  if (path === 'physics.air_resistance') return { earth: 0.1, water: 0.5 }[world];
  return undefined;
}

const line = (low, high) => ({ share: (value) => (value - low) / (high - low), value: (share) => low + share * (high - low) });
const curve = (low, high) => ({
  share: (value) => Math.log(Math.max(low, value) / low) / Math.log(high / low),
  value: (share) => low * (high / low) ** share,
});

function tidy(value) {
  const number = Number(value ?? 0);
  if (Math.abs(number) >= 100) return number.toFixed(0);
  return String(Number(number.toFixed(Math.abs(number) >= 10 ? 1 : 2)));
}
