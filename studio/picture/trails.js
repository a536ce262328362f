/** Where each body has just been. */

const GAP_TICKS = 60; // a trail does not bridge more than half a second

export class Trails {
  constructor() {
    /** @type {Map<string, {points: Float32Array, head: number, count: number, tick: number}>} */
    this.paths = new Map();
    this.length = 90;
    this.tick = -1; // of the last frame remembered
  }

  /** How many points a trail keeps: fewer in a crowd. */
  measure(bodies, wanted) {
    const length = Math.max(8, Math.min(Math.round(420 * wanted), Math.floor(9000 / Math.max(1, bodies))));
    if (length === this.length) return;
    this.length = length;
    this.paths.clear();
  }

  clear() {
    this.paths.clear();
    this.tick = -1;
  }

  /** Remember where the bodies are at a tick. */
  note(ids, positions, tick) {
    for (let row = 0; row < ids.length; row += 1) {
      const path = this.path(ids[row]);
      if (tick < path.tick || tick > path.tick + GAP_TICKS) path.count = 0;
      path.points.set(positions.subarray(3 * row, 3 * row + 3), 3 * path.head);
      path.head = (path.head + 1) % this.length;
      path.count = Math.min(path.count + 1, this.length);
      path.tick = tick;
    }
    this.tick = tick;
    if (this.paths.size > ids.length) this.forget(new Set(ids));
  }

  path(id) {
    if (!this.paths.has(id)) {
      this.paths.set(id, { points: new Float32Array(3 * this.length), head: 0, count: 0, tick: 0 });
    }
    return this.paths.get(id);
  }

  forget(kept) {
    for (const id of this.paths.keys()) if (!kept.has(id)) this.paths.delete(id);
  }

  /** Draw one body's trail, or a share of it, as it thins and fades. */
  draw(strokes, id, now, colour, strength, width, share = 1) {
    const path = this.paths.get(id);
    if (!path || path.count < 2) return;
    const { points } = path;
    let [x, y, z] = now;
    const count = Math.round(path.count * share);
    for (let age = 0; age < count; age += 1) {
      const at = 3 * ((path.head - 1 - age + 2 * this.length) % this.length);
      const near = 1 - age / count;
      const far = 1 - (age + 1) / count;
      strokes.add(
        x, y, z, points[at], points[at + 1], points[at + 2], colour,
        strength * near * near, strength * far * far, 0.6 + width * near,
      );
      x = points[at];
      y = points[at + 1];
      z = points[at + 2];
    }
  }
}
