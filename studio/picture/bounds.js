/** How far a universe reaches: the points that the camera must hold. */

const LOOK_TICKS = 240; // for so long the motion itself is looked at
const WALL_SHARE = 0.34; // walls are shown where the bodies fill so much of the box

export class Bounds {
  constructor() {
    this.clear();
  }

  clear() {
    this.low = [Infinity, Infinity, Infinity];
    this.high = [-Infinity, -Infinity, -Infinity];
    this.since = null;
    this.version = 0;
  }

  get known() {
    return this.low[0] <= this.high[0];
  }

  /** Look at one moment; balls that were thrown do not count. */
  note(ids, positions, tick) {
    this.since ??= tick;
    if (tick < this.since) this.since = tick;
    if (tick - this.since > LOOK_TICKS * 12) return;
    for (let row = 0; row < ids.length; row += 1) {
      if (!ids[row].startsWith('zz-')) this.include(positions.subarray(3 * row, 3 * row + 3));
    }
  }

  include(place) {
    for (let axis = 0; axis < 3; axis += 1) {
      if (place[axis] < this.low[axis]) this.grow(this.low, axis, place[axis]);
      if (place[axis] > this.high[axis]) this.grow(this.high, axis, place[axis]);
    }
  }

  grow(side, axis, value) {
    side[axis] = value;
    this.version += 1;
  }

  get size() {
    if (!this.known) return 1;
    return Math.max(1e-6, ...[0, 1, 2].map((axis) => this.high[axis] - this.low[axis]));
  }

  /** Whether everything happens at one depth, z = 0. */
  get flat() {
    return this.known && Math.max(Math.abs(this.low[2]), Math.abs(this.high[2])) < 1e-3 * this.size;
  }

  /** Whether the bodies live in the box rather than in a corner of it. */
  walled(scene) {
    return scene.box !== null && (scene.sown || this.size > WALL_SHARE * Math.max(scene.box[0], scene.box[1]));
  }

  /** Everything that must be in the picture. */
  points(scene, orbits) {
    const all = [];
    if (this.known) all.push(...corners(this.low, this.high));
    for (const [, path] of orbits.paths()) for (let i = 0; i < path.length; i += 8) all.push(path[i]);
    for (const pivot of scene.pivots.values()) all.push(pivot);
    if (scene.floor !== null && this.known) all.push([this.low[0], scene.floor, this.low[2]]);
    if (this.walled(scene)) all.push(...corners(scene.box.map((edge) => -edge / 2), scene.box.map((edge) => edge / 2)));
    for (const { axis, at } of scene.strings) all.push(axis === 0 ? [at, 0, 0] : [0, at, 0]);
    return all.length > 1 ? padded(all, 0.04 * this.size) : all;
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
