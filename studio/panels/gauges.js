/** What a universe measures of itself: how loud it is, how bright, how true its energy stays. */

import { energy } from '../text.js';
import { $, h } from './dom.js';
import { number } from './when.js';

const EVERY_MS = 400;
const SILENT_LUFS = -69;

export class Gauges {
  constructor() {
    this.shown = 0;
    this.rows = Object.fromEntries(
      [
        ['now', 'Loudness now', 'Of the last 0.4 seconds, by EBU R 128. Music for streaming is brought to about −14.'],
        ['all', 'Loudness so far', 'Of everything heard since the room was opened.'],
        ['bright', 'Middle of the sound', 'The centroid of its spectrum: the brighter a sound, the higher.'],
        ['energy', 'Energy', 'How far the energy is off, of all there is, since the last change.'],
      ].map(([key, words, meaning]) => [key, h('div', { title: meaning }, h('dt', {}, words), h('dd', { id: `gauge-${key}` }, '–'))]),
    );
    $('gauges').append(h('h3', { class: 'group' }, 'Measured'), h('dl', {}, ...Object.values(this.rows)));
  }

  /** Forget what another universe measured. */
  clear() {
    this.shown = 0;
    for (const row of Object.values(this.rows)) row.lastChild.textContent = '–';
    for (const id of ['loudness', 'energy']) $(id).textContent = '';
  }

  /** Show a slice's measures, a few times a second. */
  take({ momentary, integrated, centroidHz, energyError }, now = performance.now()) {
    if (now - this.shown < EVERY_MS) return;
    this.shown = now;
    const off = energy(energyError);
    $('energy').textContent = off;
    $('loudness').textContent = momentary > SILENT_LUFS ? lufs(momentary) : '';
    this.say('now', lufs(momentary));
    this.say('all', lufs(integrated));
    this.say('bright', centroidHz > 0 ? `${number(Math.round(centroidHz), 0)} Hz` : '–');
    this.say('energy', off.replace('energy ', '') || 'not kept here');
  }

  say(key, words) {
    this.rows[key].lastChild.textContent = words;
  }
}

/** A loudness as people write it; silence has none. */
export const lufs = (level) => (level > SILENT_LUFS ? `${number(level, 1).replace('-', '−')} LUFS` : 'silent');
