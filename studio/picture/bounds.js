/** How far a universe reaches: the points that the camera must hold. */

const LOOK_TICKS = 1200; // for so long the motion itself is looked at: ten seconds
const WALL_SHARE = 0.34; // walls are shown where the bodies fill so much of the box,
const LOST_SHARE = 0.01; // or so little that nothing else gives a measure

export class Bounds {
  constructor() {
    this.clear();
  }

  clear() {
    this.low = [Infinity, Infinity, Infinity];
    this.high = [-Infinity, -Infinity, -Infinity];
    this.since = null;
  }

  get known() {
    return this.low[0] <= this.high[0];
  }

  /** Look at one moment; balls that were thrown do not count. */
  note(ids, positions, tick) {
    this.since ??= tick;
    if (tick < this.since) this.since = tick;
    if (tick - this.since > LOOK_TICKS) return;
    for (let row = 0; row < ids.length; row += 1) {
      if (!ids[row].startsWith('zz-')) this.include(positions.subarray(3 * row, 3 * row + 3));
    }
  }

  include(place) {
    for (let axis = 0; axis < 3; axis += 1) {
      this.low[axis] = Math.min(this.low[axis], place[axis]);
      this.high[axis] = Math.max(this.high[axis], place[axis]);
    }
  }

  /** The longest edge of where the bodies have been. */
  get spread() {
    return this.known ? Math.max(...[0, 1, 2].map((axis) => this.high[axis] - this.low[axis])) : 0;
  }

  /** What is large here: how far the bodies go, or the box where they hardly do. */
  size(scene) {
    return this.walled(scene) ? Math.max(...scene.box) : this.spread || 1;
  }

  /** The edges to draw between: of the box where it is shown, else of where the bodies have been. */
  edges(scene) {
    if (this.walled(scene)) return { low: scene.box.map((edge) => -edge / 2), high: scene.box.map((edge) => edge / 2) };
    return this.known ? { low: this.low, high: this.high } : { low: [-1, -1, 0], high: [1, 1, 0] };
  }

  /** Whether everything happens at one depth, z = 0. */
  get flat() {
    return this.known && Math.max(Math.abs(this.low[2]), Math.abs(this.high[2])) <= 1e-3 * this.spread;
  }

  /** Whether the bodies live in the box rather than in a corner of it. */
  walled(scene) {
    if (scene.box === null) return false;
    const share = this.spread / Math.max(scene.box[0], scene.box[1]);
    return scene.sown || share > WALL_SHARE || (share < LOST_SHARE && scene.pivots.size === 0);
  }

  /** Everything that must be in the picture. */
  points(scene, orbits) {
    const all = [];
    for (const [, path] of orbits.paths()) for (let i = 0; i < path.length; i += 8) all.push(path[i]);
    for (const pivot of scene.pivots.values()) all.push(pivot);
    if (scene.floor !== null && this.known) all.push([this.low[0], scene.floor, this.low[2]]);
    const { low, high } = this.edges(scene);
    // A box round a circle is larger than the circle.
    if (all.length === 0 || scene.about.size === 0) all.push(...corners(low, high));
    for (const { axis, at } of scene.strings) all.push(axis === 0 ? [at, 0, 0] : [0, at, 0]);
    return padded(all, 0.04 * this.size(scene));
  }
}

function corners(low, high) {
  const all = [];
  for (const x of [low[0], high[0]]) for (const y of [low[1], high[1]]) for (const z of [low[2], high[2]]) all.push([x, y, z]);
  return all;
}

function padded(points, pad) {
  const low = [0, 1, 2].map((axis) => Math.min(...points.map((point) => point[axis])));
  const high = [0, 1, 2].map((axis) => Math.max(...points.map((point) => point[axis])));
  return points.map((point) => point.map((value, i) => value + (value === low[i] ? -pad : value === high[i] ? pad : 0)));
}
