/** A ring from the place of each note, at the moment it is heard. */

const SIDES = 56;
const CIRCLE = Array.from({ length: SIDES + 1 }, (_, i) => [Math.cos((2 * Math.PI * i) / SIDES), Math.sin((2 * Math.PI * i) / SIDES)]);
const MOST = 48;

export class Rings {
  constructor() {
    this.live = [];
    this.shown = 0;
  }

  /** @param {{place: number[], colour: number[], velocity: number}} note */
  add(note, now) {
    this.live.push({ ...note, since: now, life: 900 + 900 * note.velocity });
    if (this.live.length > MOST) this.live.shift();
    this.shown += 1;
  }

  clear() {
    this.live.length = 0;
  }

  /**
   * @param {import('./strokes.js').Strokes} strokes
   * @param {number[][]} plane  two unit vectors the rings lie in
   * @param {number} reach      the widest a ring gets, in the world's length
   * @param {boolean} still     do not grow: the person asked for little motion
   */
  draw(strokes, plane, reach, now, still) {
    this.live = this.live.filter((ring) => now - ring.since < ring.life);
    for (const ring of this.live) this.one(strokes, ring, plane, reach, now, still);
  }

  one(strokes, ring, [u, v], reach, now, still) {
    const age = (now - ring.since) / ring.life;
    const grown = still ? 0.35 : 1 - (1 - age) ** 3;
    const radius = reach * (0.12 + 0.88 * grown) * (0.45 + 0.55 * ring.velocity);
    const strength = (1 - age) ** 2 * (0.35 + 0.65 * ring.velocity);
    const [x, y, z] = ring.place;
    const width = 1.2 + 9 * (1 - age) ** 3 * ring.velocity;
    for (let i = 0; i < SIDES; i += 1) {
      const [a, b] = CIRCLE[i];
      const [c, d] = CIRCLE[i + 1];
      strokes.add(
        x + radius * (a * u[0] + b * v[0]), y + radius * (a * u[1] + b * v[1]), z + radius * (a * u[2] + b * v[2]),
        x + radius * (c * u[0] + d * v[0]), y + radius * (c * u[1] + d * v[1]), z + radius * (c * u[2] + d * v[2]),
        ring.colour, strength, strength, width,
      );
    }
  }
}
