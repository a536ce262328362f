/** The ellipse a body on rails goes round, found from where it has been seen. */

const SIDES = 160;
const SAMPLES = 48;

export class Orbits {
  constructor() {
    this.clear();
  }

  clear() {
    this.seen = new Map();
  }

  /** Look at a body and its focus once more. */
  note(id, place, focus, eccentricity) {
    const r = place.map((value, i) => value - focus[i]);
    const known = this.seen.get(id);
    if (!known) {
      this.seen.set(id, { samples: [r], focus, round: eccentricity === 0, points: null, arc: 0 });
      return;
    }
    known.focus = focus;
    if (known.done) return;
    if (angle(known.samples[known.samples.length - 1], r) < 0.03) return;
    known.samples.push(r);
    this.fit(known, r);
  }

  fit(known, r) {
    known.arc = Math.max(known.arc, angle(known.samples[0], r));
    const plane = basis(known.samples);
    if (!plane) return;
    if (known.round) {
      known.points = circle(plane, length(r));
      known.done = known.arc > 0.3;
    } else if (known.arc > 0.6) {
      known.points = conic(plane, known.samples);
      known.done = known.arc > 2.6 || known.samples.length > SAMPLES * 2;
    }
  }

  /** The points of each orbit in the world. */
  *paths() {
    for (const [id, { points, focus }] of this.seen) {
      if (points) yield [id, points.map((point) => point.map((value, i) => value + focus[i]))];
    }
  }
}

const length = (a) => Math.hypot(a[0], a[1], a[2]);
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
const angle = (a, b) => Math.acos(Math.min(1, Math.max(-1, dot(a, b) / (length(a) * length(b) || 1))));
const unit = (a) => a.map((value) => value / (length(a) || 1));

/** Two directions in the plane of the samples, the first toward the first of them. */
function basis(samples) {
  const u = unit(samples[0]);
  const normal = cross(u, samples[samples.length - 1]);
  if (length(normal) < 1e-9) return null;
  return [u, cross(unit(normal), u)];
}

const circle = (plane, radius) => around(plane, () => radius);

/** A conic with its focus at the origin is linear in its unknowns: r = p - ex x - ey y. */
function conic(plane, samples) {
  const rows = samples.map((sample) => [1, -dot(sample, plane[0]), -dot(sample, plane[1]), length(sample)]);
  const solved = solve(rows);
  if (!solved) return null;
  const [p, ex, ey] = solved;
  if (!(Math.hypot(ex, ey) < 0.95)) return null;
  return around(plane, (cos, sin) => p / (1 + ex * cos + ey * sin));
}

function around([u, v], radius) {
  return Array.from({ length: SIDES + 1 }, (_, i) => {
    const [cos, sin] = [Math.cos((2 * Math.PI * i) / SIDES), Math.sin((2 * Math.PI * i) / SIDES)];
    const r = radius(cos, sin);
    return [0, 1, 2].map((axis) => r * (cos * u[axis] + sin * v[axis]));
  });
}

/** Least squares in three unknowns by Cramer's rule; null where the samples do not tell. */
function solve(rows) {
  const sums = [0, 1, 2].map((i) => [0, 1, 2, 3].map((j) => rows.reduce((sum, row) => sum + row[i] * row[j], 0)));
  const column = (j) => sums.map((row) => row[j]);
  const whole = dot(column(0), cross(column(1), column(2)));
  if (Math.abs(whole) < 1e-300) return null;
  return [0, 1, 2].map((i) => {
    const columns = [0, 1, 2].map((j) => column(j === i ? 3 : j));
    return dot(columns[0], cross(columns[1], columns[2])) / whole;
  });
}
