/** What a document says about its look: rods, strings, orbits, walls, and from where to see them. */

import { hex } from '../colour.js';

const STAR = [1, 0.84, 0.58];

/**
 * @typedef {object} Scene
 * @property {number} dimensions
 * @property {?number} floor
 * @property {?number[]} box            full edge lengths
 * @property {boolean} sown             a crowd fills the box
 * @property {Map<string, number[]>} pivots  of rods, by body
 * @property {Map<string, string>} about     focus of each body on rails
 * @property {Map<string, number>} round     eccentricity of each body on rails
 * @property {{axis: number, at: number}[]} strings
 * @property {Set<string>} fixed
 * @property {Map<string, number[]>} colours
 * @property {Map<string, number>} sizes
 * @property {object} visual
 */

/** @returns {Scene} */
export function scene(document) {
  const made = {
    dimensions: document.dimensions ?? 3,
    floor: document.physics?.floor ?? null,
    box: box(document),
    sown: Object.keys(document.crowds ?? {}).length > 0,
    pivots: new Map(),
    about: new Map(),
    round: new Map(),
    strings: strings(document),
    fixed: new Set(),
    colours: new Map(),
    sizes: new Map(),
    visual: document.visual ?? {},
  };
  for (const [id, body] of members(document)) learn(made, id, body, document.bodies ?? {});
  return made;
}

function box({ boundary, world, dimensions }) {
  const said = boundary === undefined ? (world === 'orbits' ? null : { box: [20, 20, 20] }) : boundary;
  const size = said?.box ?? said?.periodic;
  return size ? [size[0], size[1], dimensions === 2 ? 0 : (size[2] ?? 0)] : null;
}

/** Every body with its own values: the members of series come out one by one. */
export function members(document) {
  const all = Object.entries(document.bodies ?? {});
  for (const [name, series] of Object.entries(document.series ?? {})) {
    const digits = String(series.n - 1).length;
    for (let i = 0; i < series.n; i += 1) {
      const id = `${name}-${String(i).padStart(digits, '0')}`;
      all.push([id, Object.fromEntries(Object.entries(series).map(([key, value]) => [key, one(value, i)]))]);
    }
  }
  for (const [name, crowd] of Object.entries(document.crowds ?? {})) {
    const digits = String(crowd.n - 1).length;
    for (let i = 0; i < crowd.n; i += 1) all.push([`${name}-${String(i).padStart(digits, '0')}`, crowd]);
  }
  return all;
}

/** The value of member `i`: `{from, step}` counts, a list is read. */
function one(value, i) {
  if (value && typeof value === 'object' && 'from' in value && 'step' in value) return value.from + i * value.step;
  return value;
}

function learn(made, id, body, bodies) {
  const colour = hex(body.colour ?? body.color);
  if (colour) made.colours.set(id, colour);
  if (body.size) made.sizes.set(id, body.size);
  if (body.fixed) made.fixed.add(id);
  if (body.fixed && !colour && Object.values(bodies).some((other) => other.orbit?.about === id)) made.colours.set(id, STAR);
  if (body.rod) made.pivots.set(id, pivot(body));
  if (body.orbit?.about) {
    made.about.set(id, body.orbit.about);
    made.round.set(id, body.orbit.eccentricity ?? 0);
  }
}

function pivot(body) {
  const place = body.rod.pivot ?? body.position ?? [0, 0, 0];
  return [body.x ?? place[0] ?? 0, body.y ?? place[1] ?? 0, body.z ?? place[2] ?? 0];
}

/** Lines that pluck when a body crosses them. */
function strings({ rules = {} }) {
  const found = [];
  for (const { when } of Object.values(rules)) {
    const axis = { 'body.x': 0, 'body.y': 1, x: 0, y: 1 }[when?.measure];
    if (when?.event !== 'crossing' || axis === undefined) continue;
    for (const at of [when.at ?? 0].flat()) found.push({ axis, at });
  }
  return found;
}

/** From where a universe is best seen, in a window of some shape. */
export function viewpoint(made, wide) {
  const said = made.visual.camera?.rotation;
  const yaw = (otherwise) => (said === undefined ? otherwise : (said * Math.PI) / 180);
  // Orbits lie in x-y: lean back to see them as ellipses, less in a tall window.
  if (made.about.size) return { yaw: yaw(0), pitch: wide ? -0.86 : -0.5 };
  if (made.dimensions === 3 && made.pivots.size > 1) return { yaw: yaw(wide ? 0.9 : 0.6), pitch: 0.26 };
  if (made.dimensions === 3 && made.sown) return { yaw: yaw(0.5), pitch: 0.35 };
  return { yaw: yaw(0), pitch: 0 };
}
