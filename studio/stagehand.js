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
    addEventListener('resize', () => (this.areas = null));
    setInterval(() => this.rest(), 500);
    setInterval(() => (this.areas = null), 700);
  }

  stir() {
    this.since = performance.now();
    document.body.classList.remove('resting');
  }

  rest() {
    const busy = !this.listening() || this.picture.still || this.byKey || !$('tune').hidden || document.querySelector('dialog[open]');
    document.body.classList.toggle('resting', !busy && performance.now() - this.since > REST_MS);
  }

  /** The parts of the window that no words stand in. */
  free() {
    this.areas ??= this.measure();
    return this.areas;
  }

  measure() {
    const [wide, tall] = [innerWidth, innerHeight];
    if (document.body.classList.contains('resting')) return [{ left: 24, right: 24, top: 24, bottom: 96 }];
    const words = $('eyebrow').getBoundingClientRect();
    const about = $('about').getBoundingClientRect();
    const shelf = $('shelf').getBoundingClientRect();
    const side = $('tune').hidden || wide <= 700 ? 0 : $('tune').getBoundingClientRect().width + 24;
    const top = wide > 560 ? 70 : 62;
    const edge = wide > 700 ? 24 : 6;
    const sheet = $('tune').hidden || wide > 700 ? words.top : Math.min(words.top, $('tune').getBoundingClientRect().top);
    const over = { left: edge, right: edge + side, top, bottom: tall - sheet + 6 };
    if (wide <= 900) return [over];
    return [over, { left: Math.min(about.left + 560, wide * 0.42), right: edge + side, top, bottom: tall - shelf.top + 8 }];
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
