/** What stands still: walls, floor, strings, rods and the paths of planets. */

const PALE = [0.52, 0.58, 0.75];
const STRING_BENDS = 26;
const FLASH_MS = 420;

export class Scenery {
  constructor() {
    this.plucks = new Map();
    this.flashes = [];
  }

  clear() {
    this.plucks.clear();
    this.flashes.length = 0;
  }

  /** Let what a note came from be seen: a string swings, a wall lights up. */
  strike(note, scene, colour, now) {
    const string = note.event === 'crossing' && nearest(scene.strings, note.place);
    if (string) this.plucks.set(`${string.axis}:${string.at}`, { since: now, colour, velocity: note.velocity });
    if (note.event === 'collision') this.flashes.push({ place: note.place, colour, since: now, velocity: note.velocity });
    this.flashes = this.flashes.filter((flash) => now - flash.since < FLASH_MS);
  }

  draw(strokes, view) {
    const { scene } = view;
    if (scene.floor !== null) this.floor(strokes, view);
    if (scene.box && view.walled) this.box(strokes, scene.box, view.now);
    for (const string of scene.strings) this.string(strokes, string, view);
    for (const [id, points] of view.orbits.paths()) orbit(strokes, points, view.tint(id));
    for (const [id, pivot] of scene.pivots) rod(strokes, pivot, view.place(id), view.tint(id));
    if (scene.pivots.size > 1) beam(strokes, scene.pivots);
  }

  floor(strokes, { scene, bounds, now }) {
    const y = scene.floor;
    const margin = 0.35 * (bounds.high[0] - bounds.low[0] || 1);
    const [x0, x1] = [bounds.low[0] - margin, bounds.high[0] + margin];
    const z = (bounds.low[2] + bounds.high[2]) / 2;
    const middle = (x0 + x1) / 2;
    strokes.add(x0, y, z, middle, y, z, PALE, 0, 0.55, 1.6);
    strokes.add(middle, y, z, x1, y, z, PALE, 0.55, 0, 1.6);
    const reach = (x1 - x0) * 0.07;
    for (const flash of this.flashes) this.flash(strokes, flash, [reach, 0, 0], now);
  }

  box(strokes, [w, h, d], now) {
    const [x, y, z] = [w / 2, h / 2, d / 2];
    for (const depth of d > 0 ? [-z, z] : [0]) {
      const corners = [[-x, -y, depth], [x, -y, depth], [x, y, depth], [-x, y, depth], [-x, -y, depth]];
      strokes.path(corners, PALE, 0.3, 1.4);
    }
    if (d > 0) for (const [a, b] of [[-x, -y], [x, -y], [x, y], [-x, y]]) strokes.line([a, b, -z], [a, b, z], PALE, 0.3, 1.2);
    for (const flash of this.flashes) {
      const upright = Math.abs(Math.abs(flash.place[0]) - x) / w < Math.abs(Math.abs(flash.place[1]) - y) / h;
      this.flash(strokes, flash, upright ? [0, h * 0.1, 0] : [w * 0.1, 0, 0], now);
    }
  }

  /** A stretch of wall or floor that glows where it was hit. */
  flash(strokes, { place, colour, since, velocity }, half, now) {
    const strength = velocity * Math.max(0, 1 - (now - since) / FLASH_MS) ** 1.5;
    const [x, y, z] = place;
    const [a, b, c] = half;
    strokes.add(x - a, y - b, z - c, x, y, z, colour, 0, strength, 7);
    strokes.add(x, y, z, x + a, y + b, z + c, colour, strength, 0, 7);
  }

  string(strokes, { axis, at }, { bounds, now }) {
    const along = 1 - axis;
    const spread = bounds.high[along] - bounds.low[along];
    const [from, to] = [bounds.low[along] - 0.14 * spread, bounds.high[along] + 0.14 * spread];
    const pluck = this.plucks.get(`${axis}:${at}`);
    const age = pluck ? (now - pluck.since) / 1000 : 9;
    const force = age < 2.5 ? pluck.velocity * Math.exp(-age * 2.4) : 0;
    const swing = force * 0.022 * spread * Math.cos(age * 62);
    const colour = force > 0.01 ? mixed(PALE, pluck.colour, Math.min(1, force * 2)) : PALE;
    const bends = force > 0.01 ? STRING_BENDS : 1;
    const strength = 0.2 + 0.8 * Math.min(1, force);
    const point = (share) => {
      const off = at + swing * Math.sin(Math.PI * share);
      const far = from + (to - from) * share;
      return axis === 0 ? [off, far, 0] : [far, off, 0];
    };
    for (let i = 0; i < bends; i += 1) strokes.line(point(i / bends), point((i + 1) / bends), colour, strength, 1.2 + 2.4 * force);
  }
}

function nearest(strings, place) {
  let best = null;
  let least = Infinity;
  for (const string of strings) {
    const far = Math.abs(place[string.axis] - string.at);
    if (far < least) [best, least] = [string, far];
  }
  return best;
}

function orbit(strokes, points, colour) {
  strokes.path(points, mixed(PALE, colour, 0.35), 0.27, 1.1);
}

function rod(strokes, pivot, bob, colour) {
  if (!bob) return;
  const [x, y, z] = pivot;
  strokes.add(x, y, z, bob[0], bob[1], bob[2], mixed(PALE, colour, 0.3), 0.5, 0.22, 1.2);
}

/** The bars that pendulums hang from: one for each height, from the first of its row to the last. */
function beam(strokes, pivots) {
  const rows = new Map();
  for (const pivot of pivots.values()) rows.set(pivot[1], [...(rows.get(pivot[1]) ?? []), pivot]);
  for (const row of rows.values()) {
    row.sort((one, other) => one[0] - other[0] || one[2] - other[2]);
    const [first, last] = [row[0], row.at(-1)];
    const past = last.map((value, i) => (value - first[i]) * 0.06);
    if (row.length > 1) strokes.line(first.map((value, i) => value - past[i]), last.map((value, i) => value + past[i]), PALE, 0.6, 2);
  }
}

const mixed = (a, b, share) => a.map((value, i) => value + (b[i] - value) * share);

/** Lines of equal, round lengths across what lies between two corners: four to ten the wider way. */
export function grid(strokes, { low, high }) {
  const wide = Math.max(high[0] - low[0], high[1] - low[1]) || 1;
  const power = 10 ** Math.floor(Math.log10(wide / 4));
  const step = Math.max(...[1, 2, 5].map((part) => part * power).filter((length) => wide / length >= 4));
  const z = (low[2] + high[2]) / 2;
  for (let x = Math.ceil(low[0] / step) * step; x <= high[0]; x += step) {
    strokes.line([x, low[1], z], [x, high[1], z], PALE, 0.12, 1);
  }
  for (let y = Math.ceil(low[1] / step) * step; y <= high[1]; y += step) {
    strokes.line([low[0], y, z], [high[0], y, z], PALE, 0.12, 1);
  }
}
