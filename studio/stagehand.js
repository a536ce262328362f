/** Keeps the stage clear: where the words are the picture is not, and while one listens the words step back. */

import { $ } from './panels/dom.js';

const REST_MS = 7000;
const HINT = 'Click anywhere to drop a ball. Drag to throw it.';

export class Stagehand {
  /**
   * @param {import('./picture/picture.js').Picture} picture
   * @param {() => boolean} listening
   */
  constructor(picture, listening) {
    this.picture = picture;
    this.listening = listening;
    this.byKey = false;
    this.since = performance.now();
    const stir = (event) => {
      this.byKey = event.type === 'keydown';
      this.stir();
    };
    for (const type of ['pointermove', 'pointerdown', 'keydown', 'focusin']) addEventListener(type, stir, { passive: true });
    addEventListener('resize', () => (this.area = null));
    setInterval(() => this.rest(), 500);
    setInterval(() => (this.area = null), 700);
  }

  stir() {
    this.since = performance.now();
    document.body.classList.remove('resting');
  }

  rest() {
    const busy = !this.listening() || this.picture.still || this.byKey || !$('tune').hidden || document.querySelector('dialog[open]');
    document.body.classList.toggle('resting', !busy && performance.now() - this.since > REST_MS);
  }

  /** The part of the window that no words stand in. */
  free() {
    this.area ??= this.measure();
    return this.area;
  }

  measure() {
    const tall = innerHeight;
    const words = $('eyebrow').getBoundingClientRect();
    const wide = innerWidth > 900;
    const tune = $('tune').hidden ? 0 : $('tune').getBoundingClientRect().width + 24;
    const top = innerWidth > 560 ? 74 : 66;
    if (!wide) return { left: 8, right: 8, top, bottom: Math.min(tall * 0.62, tall - words.top + 8) };
    // In a wide window the universe may pass behind the words' right, not behind the shelf.
    return { left: 24, right: 24 + tune, top, bottom: Math.max(190, (tall - words.top) * 0.62) };
  }

  /** After the first listen: say what a hand can do here. */
  invite() {
    if (this.invited) return;
    this.invited = true;
    $('hint').textContent = HINT;
    setTimeout(() => ($('hint').hidden = this.done ?? false), 2600);
    setTimeout(() => ($('hint').hidden = true), 11_000);
  }

  thrown() {
    this.done = true;
    $('hint').hidden = true;
  }
}
