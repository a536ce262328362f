/** The level of what is heard, as small bars that breathe. */

const BARS = 7;
const FALL = 0.6;
const STEP = 3; // readings to a bar: 64 ms

export class Meter {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = canvas.getContext('2d');
    this.level = 0;
    this.readings = 0;
    this.history = new Array(BARS).fill(0);
  }

  /** A new reading, 0..1. */
  take(rms) {
    const decibels = 20 * Math.log10(Math.max(rms, 1e-6));
    this.level = Math.max(Math.min(1, (decibels + 46) / 40), this.level * FALL);
    this.readings = this.readings + 1;
    if (this.readings % STEP) return;
    this.history.push(this.level);
    this.history.shift();
  }

  draw() {
    const { pen, canvas } = this;
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = '#ffd9a0';
    const step = canvas.width / BARS;
    this.history.forEach((level, i) => {
      const tall = Math.max(5, level * canvas.height);
      pen.beginPath();
      pen.roundRect(i * step + step * 0.25, (canvas.height - tall) / 2, step * 0.5, tall, step * 0.25);
      pen.fill();
    });
  }
}
