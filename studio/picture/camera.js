/** The camera: always the whole universe in the free part of the window, moved softly. */

const FIELD = 0.42; // radians up and down: long enough a lens for a drawing's calm
const TURN_MOST = 1.5;

export class Camera {
  constructor() {
    this.width = 1;
    this.height = 1;
    this.yaw = 0;
    this.pitch = 0;
    this.zoom = 1;
    this.areas = [{ left: 0, top: 0, right: 0, bottom: 0 }];
    this.target = [0, 0, 0];
    this.away = 10;
    this.turn = [1, 0, 0, 0, 1, 0, 0, 0, 1];
    this.focal = [1, 1];
    this.shift = [0, 0];
    this.points = [[-1, -1, 0], [1, 1, 0]];
    this.placed = false;
    /** @type {?ArrayLike<number>} a place to keep in the middle */
    this.followed = null;
    this.pan = [0, 0]; // to the right and up, in the world's length
  }

  /** Look at a new universe: from where, and at which points that must all be seen. */
  frame(points, { yaw = 0, pitch = 0 } = {}) {
    this.points = points.length > 1 ? points : [[-1, -1, 0], [1, 1, 0]];
    this.home = { yaw, pitch };
    this.yaw = yaw;
    this.pitch = pitch;
    this.zoom = 1;
    this.placed = false;
  }

  /** Other points to hold in view, from the same side. */
  hold(points) {
    if (points.length > 1) this.points = points;
  }

  /** A window of some size, and the edges of its free areas; the one that shows the most is taken. */
  resize(width, height, areas) {
    this.width = width;
    this.height = height;
    this.areas = areas;
  }

  rotate(yaw, pitch) {
    this.yaw += yaw;
    this.pitch = Math.min(TURN_MOST, Math.max(-TURN_MOST, this.pitch + pitch));
  }

  magnify(factor) {
    this.zoom = Math.min(5, Math.max(0.2, this.zoom * factor));
  }

  reset() {
    Object.assign(this, this.home, { zoom: 1 });
  }

  /** Three axes of the camera as rows: right, up, toward the eye. */
  axes() {
    const [sy, cy] = [Math.sin(this.yaw), Math.cos(this.yaw)];
    const [sp, cp] = [Math.sin(this.pitch), Math.cos(this.pitch)];
    return [[cy, 0, -sy], [-sy * sp, cp, -cy * sp], [sy * cp, sp, cy * cp]];
  }

  /** Move on by some seconds toward where everything is seen. */
  advance(seconds) {
    const axes = this.axes();
    const wanted = this.areas.map((area) => this.wanted(axes, area)).sort((a, b) => a.away - b.away)[0];
    this.free = wanted.free;
    const share = this.placed ? 1 - Math.exp(-seconds * 2.2) : 1;
    this.placed = true;
    this.target = this.target.map((value, i) => value + (wanted.target[i] - value) * share);
    this.away += (wanted.away - this.away) * share;
    this.focal = wanted.focal;
    this.shift = this.shift.map((value, i) => value + (wanted.shift[i] - value) * share);
    this.turn = axes.flat();
  }

  wanted(axes, free) {
    const { width, height } = this;
    const inner = [Math.max(80, width - free.left - free.right), Math.max(80, height - free.top - free.bottom)];
    const up = 1 / Math.tan(FIELD / 2);
    const focal = [(up * height) / width, up];
    const seen = this.points.map((point) => axes.map((axis) => dot(axis, point)));
    const middle = [0, 1, 2].map((i) => {
      const values = seen.map((point) => point[i]);
      return (Math.min(...values) + Math.max(...values)) / 2;
    });
    const half = [(0.94 * inner[0]) / width, (0.94 * inner[1]) / height];
    let away = 1e-9;
    for (const point of seen) {
      const q = point.map((value, i) => value - middle[i]);
      for (const i of [0, 1]) away = Math.max(away, q[2] + (focal[i] * Math.abs(q[i])) / half[i]);
    }
    const [x, y] = [middle[0] + this.pan[0], middle[1] + this.pan[1]];
    const centre = [0, 1, 2].map((i) => x * axes[0][i] + y * axes[1][i] + middle[2] * axes[2][i]);
    const target = this.followed ? [...this.followed] : centre;
    const shift = [(free.left - free.right) / width, (free.bottom - free.top) / height];
    return { target, away: away / this.zoom, focal, shift, free };
  }

  /**
   * Where a point of the world is on the screen, -1..1 each way, into `out`.
   * @returns {number} CSS pixels that one length has there
   */
  clip(x, y, z, out) {
    const { turn, target, away, focal, shift } = this;
    const [dx, dy, dz] = [x - target[0], y - target[1], z - target[2]];
    const w = Math.max(away - (turn[6] * dx + turn[7] * dy + turn[8] * dz), away * 0.05);
    out[0] = ((turn[0] * dx + turn[1] * dy + turn[2] * dz) * focal[0]) / w + shift[0];
    out[1] = ((turn[3] * dx + turn[4] * dy + turn[5] * dz) * focal[1]) / w + shift[1];
    return (focal[1] * this.height) / (2 * w);
  }

  /** Where a point of the world is in the window, CSS pixels from the top left. */
  project(point) {
    const clip = [0, 0];
    this.clip(point[0], point[1], point[2], clip);
    return [((clip[0] + 1) / 2) * this.width, ((1 - clip[1]) / 2) * this.height];
  }

  /** The world's point under a place of the window, on a plane through `through` with normal `normal`. */
  reach(x, y, through, normal) {
    const axes = this.axes();
    const clip = [(2 * x) / this.width - 1, 1 - (2 * y) / this.height];
    const local = [(clip[0] - this.shift[0]) / this.focal[0], (clip[1] - this.shift[1]) / this.focal[1], -1];
    const way = [0, 1, 2].map((i) => local[0] * axes[0][i] + local[1] * axes[1][i] + local[2] * axes[2][i]);
    const eye = this.target.map((value, i) => value + this.away * axes[2][i]);
    const slope = dot(way, normal);
    if (Math.abs(slope) < 1e-3) return null;
    const far = dot(through.map((value, i) => value - eye[i]), normal) / slope;
    return far > 0 ? eye.map((value, i) => value + far * way[i]) : null;
  }

  /** World length of one CSS pixel at the target. */
  get grain() {
    return (2 * this.away) / (this.focal[1] * this.height);
  }
}

export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
