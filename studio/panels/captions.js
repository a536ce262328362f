/** The notes in words, as they are heard: for deaf people, and for whoever asks "what was that?". */

import { css, light, pitchName } from '../colour.js';
import { $, h } from './dom.js';

const SHOWN = 7;
const SPOKEN_MS = 3000; // a screen reader gets a summary this often, not every note
const TOGETHER_MS = 90;

export class Captions {
  constructor() {
    this.on = localStorage.getItem('mundi.captions') === '1';
    this.fresh = [];
    this.spoken = 0;
    $('captions-toggle').onclick = () => this.toggle();
    this.show();
  }

  toggle() {
    this.on = !this.on;
    localStorage.setItem('mundi.captions', this.on ? '1' : '0');
    this.show();
  }

  show() {
    $('captions').hidden = !this.on;
    $('captions-toggle').setAttribute('aria-pressed', String(this.on));
    if (!this.on) this.clear();
  }

  clear() {
    $('captions').replaceChildren();
    $('caption-live').textContent = '';
    this.fresh = [];
  }

  /** @param {import('../wire.js').Note} note */
  add(note, now) {
    if (!this.on) return;
    const list = $('captions');
    this.fresh.push(`${pitchName(note.hz)} ${note.voice}`);
    const colour = css(light(note.pitch_class ?? 0));
    const chip = h('li', { style: `--note: ${colour}` }, pitchName(note.hz), h('small', {}, `${note.voice} · ${source(note)}`));
    list.prepend(chip);
    while (list.children.length > SHOWN) list.lastChild.remove();
    if (now - this.spoken < SPOKEN_MS) return;
    this.spoken = now + TOGETHER_MS;
    $('caption-live').textContent = this.fresh.slice(-5).join(', ');
    this.fresh = [];
  }
}

function source({ bodies = [], event }) {
  const names = bodies.map((id) => (id.startsWith('zz-') ? 'your ball' : id));
  return names.length ? names.slice(0, 2).join(' & ') : event;
}
