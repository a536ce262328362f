/** The picture: one universe, drawn at a tick, sixty times a second. */

import { light, lightened } from '../colour.js';
import { Bounds } from './bounds.js';
import { Camera } from './camera.js';
import { Discs } from './discs.js';
import { Lamps } from './lamps.js';
import { Looks, moved } from './looks.js';
import { Orbits } from './orbits.js';
import { Rings } from './rings.js';
import { grid, Scenery } from './scenery.js';
import { scene, viewpoint } from './scene.js';
import { Sky } from './sky.js';
import { Strokes } from './strokes.js';
import { Trails } from './trails.js';

const SLOW_MS = 24;
const QUICK_MS = 17;
const PLAIN = 0.87; // below this quality the sky has no gradient
const LEAST = 0.66;
const PATIENCE_MS = 20_000; // between drawing less finely and trying more again

export class Picture {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    const options = { alpha: false, antialias: false, depth: false, powerPreference: 'high-performance' };
    const gl = canvas.getContext('webgl2', options);
    if (!gl) throw new Error('This browser has no WebGL2.');
    this.gl = gl;
    this.quality = 1;
    this.halved = false;
    this.odd = false;
    this.pace = { sum: 0, count: 0, last: 0, step: 0, slow: 0 };
    this.still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.camera = new Camera();
    this.bounds = new Bounds();
    this.lamps = new Lamps();
    this.looks = new Looks();
    this.changes = null;
    this.visual = {};
    this.orbits = new Orbits();
    this.rings = new Rings();
    this.scenery = new Scenery();
    this.trails = new Trails();
    this.scene = scene({});
    this.places = new Map();
    this.world = null;
    this.extent = 1;
    /** @type {?{from: number[], to: ?number[], radius: number}} */
    this.aim = null;
    this.ghosts = new Map();
    this.restore();
    canvas.addEventListener('webglcontextlost', (event) => event.preventDefault());
    canvas.addEventListener('webglcontextrestored', () => this.restore());
  }

  restore() {
    this.gl.enable(this.gl.BLEND);
    this.sky = new Sky(this.gl);
    this.strokes = new Strokes(this.gl);
    this.discs = new Discs(this.gl);
  }

  /** Show another universe. */
  show(document) {
    this.amend(document);
    this.lamps.clear();
    this.bounds.clear();
    this.orbits.clear();
    this.rings.clear();
    this.scenery.clear();
    this.trails.clear();
    this.ghosts.clear();
    this.places.clear();
    this.camera.frame([], viewpoint(this.scene, this.camera.width > this.camera.height));
    this.camera.zoom = this.scene.visual.camera?.zoom ?? 1;
  }

  /** The same universe after an edit. */
  amend(document) {
    this.scene = scene(document);
    this.camera.pan = this.scene.visual.camera?.pan ?? [0, 0];
    this.lamps.own = this.scene.colours;
    this.lamps.steady = this.scene.fixed;
    this.change(null);
  }

  /** Obey what story and rules have made of the picture's parameters. */
  change(changes) {
    this.changes = changes ?? null;
    this.visual = moved(this.scene.visual, changes);
    this.lamps.saturation = this.visual.saturation ?? 0.8;
    this.lamps.brightness = (this.visual.brightness ?? 0.8) / 0.8;
    this.lamps.palette = this.visual.palette ?? 'spectrum';
    // Soft and light are of the whole picture; a light ground is the dark one turned over, hues kept.
    const soft = this.visual.blur > 0 ? `blur(${(16 * this.visual.blur).toFixed(1)}px) ` : '';
    this.canvas.style.filter = soft + (this.visual.background === 'light' ? 'invert(1) hue-rotate(180deg)' : '');
    if (changes && 'visual.camera.zoom' in changes) this.camera.zoom = changes['visual.camera.zoom'];
    this.named = null;
  }

  /** A note is heard now. */
  sing(note, now) {
    const colour = this.lamps.colour(note);
    this.lamps.sing(note, now);
    this.sky.warm(colour, 0.05 * note.velocity);
    this.scenery.strike(note, this.scene, colour, now);
    this.rings.add({ place: note.place, colour, velocity: note.velocity }, now);
  }

  /** Make the canvas as sharp as the machine can draw quickly enough. */
  fit(width, height, areas) {
    const scale = Math.min(2, devicePixelRatio || 1) * this.quality;
    const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
    if (this.canvas.width !== w || this.canvas.height !== h) Object.assign(this.canvas, { width: w, height: h });
    this.camera.resize(width, height, areas);
  }

  /**
   * Remember the frames that went by since the last drawing.
   * @param {Iterable<{tick: number, ids: string[], positions: Float32Array}>} frames
   */
  pass(frames) {
    for (const { tick, ids, positions } of frames) this.trails.note(ids, positions, tick);
  }

  /**
   * Draw one frame.
   * @param {?{ids: string[], radii: number[], positions: Float32Array}} world
   * @param {number} tick
   * @param {number} now performance.now()
   */
  draw(world, tick, now) {
    if (this.halved && (this.odd = !this.odd)) return;
    this.keepPace(now);
    this.world = world;
    if (world) this.look(world, tick);
    this.camera.advance(Math.min(0.1, this.pace.step / 1000));
    this.gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    this.sky.draw(this.camera, this.quality < PLAIN);
    this.strokes.begin(this.camera);
    this.discs.begin(this.camera);
    this.lines(world, now);
    this.bodies(world, now);
  }

  keepPace(now) {
    const { pace } = this;
    pace.step = now - pace.last;
    pace.last = now;
    if (pace.step > 250) return;
    pace.sum += pace.step;
    pace.count += 1;
    if (pace.count < 45) return;
    const mean = pace.sum / pace.count;
    if (mean > SLOW_MS) {
      // At the coarsest and still slow: draw every second time, and leave the machine to the sound.
      if (this.quality === LEAST) this.halved = true;
      this.quality = Math.max(LEAST, this.quality * 0.86);
      pace.slow = now;
    } else if (mean < (this.halved ? 2 : 1) * QUICK_MS && now - pace.slow > PATIENCE_MS) this.quality = Math.min(1, this.quality * 1.06);
    if (this.quality > LEAST) this.halved = false;
    pace.sum = pace.count = 0;
  }

  look({ ids, positions, looks, visual }, tick) {
    if ((visual ?? null) !== this.changes) this.change(visual);
    this.looks.take(ids, looks);
    if (ids !== this.named) this.lamps.name(ids);
    this.named = ids;
    this.places.clear();
    for (let row = 0; row < ids.length; row += 1) this.places.set(ids[row], positions.subarray(3 * row, 3 * row + 3));
    this.trails.measure(ids.length, this.visual.trail_length ?? 0.5);
    this.bounds.note(ids, positions, tick);
    for (const [id, about] of this.scene.about) {
      const [place, focus] = [this.places.get(id), this.places.get(about)];
      if (place && focus) this.orbits.note(id, [...place], [...focus], this.scene.round.get(id));
    }
    this.extent = this.bounds.size(this.scene);
    this.camera.hold(this.bounds.points(this.scene, this.orbits));
    this.camera.followed = this.places.get(this.visual.camera?.follow) ?? null;
  }

  lines(world, now) {
    const { strokes, camera, scene: shown } = this;
    const tint = (id) => this.tint(id, now);
    const walled = this.bounds.walled(shown);
    const view = { scene: shown, bounds: this.bounds.edges(shown), orbits: this.orbits, now, walled, tint, place: (id) => this.places.get(id) };
    if (this.visual.grid) grid(strokes, view.bounds);
    this.scenery.draw(strokes, view);
    if (world) for (const id of world.ids) this.trail(id, now);
    const plane = shown.about.size || shown.dimensions === 2 ? [[1, 0, 0], [0, 1, 0]] : camera.axes();
    const reach = camera.grain * 0.13 * Math.min(camera.width, camera.height);
    this.rings.draw(strokes, plane, reach, now, this.still);
    this.arrow();
    strokes.draw();
  }

  trail(id, now) {
    if (this.scene.fixed.has(id)) return;
    const flash = this.lamps.flash(id, now);
    const strength = (this.scene.pivots.size ? 0.3 : 0.5) + 0.4 * flash;
    const wanted = this.looks.of(id).trail;
    const own = wanted === undefined ? 1 : Math.min(1, wanted / (this.visual.trail_length ?? 0.5));
    this.trails.draw(this.strokes, id, this.places.get(id), this.tint(id, now), strength, 3.4, own);
  }

  arrow() {
    if (!this.aim?.to) return;
    const { from, to } = this.aim;
    const way = to.map((value, i) => value - from[i]);
    this.strokes.add(...from, ...to, [1, 1, 1], 0.15, 0.85, 2.4);
    const axes = this.camera.axes();
    const size = Math.hypot(...way) || 1;
    const barb = Math.min(0.25 * size, this.camera.grain * 14);
    const [x, y] = [0, 1].map((i) => way.reduce((sum, value, k) => sum + value * axes[i][k], 0) / size);
    for (const turn of [2.6, -2.6]) {
      const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
      const tip = to.map((value, k) => value + barb * ((x * cos - y * sin) * axes[0][k] + (x * sin + y * cos) * axes[1][k]));
      this.strokes.line(to, tip, [1, 1, 1], 0.85, 2.4);
    }
  }

  bodies(world, now) {
    const { size, least } = this.measures();
    if (world) world.ids.forEach((id, row) => this.body(id, world.radii[row] ?? 0, size, least, now));
    for (const [id, ghost] of this.ghosts) {
      if (this.places.has(id) || now - ghost.since > 2500) this.ghosts.delete(id);
      else this.discs.add(ghost.place, ghost.radius * size, least, [1, 1, 1], 0.2, 0.6);
    }
    if (this.aim) this.discs.add(this.aim.from, this.aim.radius * size, least, [1, 1, 1], 0.15, 0.7);
    this.discs.draw();
  }

  /** Bodies keep their true size, but are never a speck. */
  measures() {
    const { visual } = this;
    const short = Math.min(this.camera.width, this.camera.height);
    return { size: visual.particle_size ?? 1, least: (visual.particle_size ?? 1) * Math.max(3.4, short * 0.0075) };
  }

  /** The colour of a body: what it has or sang, unless a rule says another. */
  tint(id, now) {
    const { hue, lightness, opacity } = this.looks.of(id);
    const own = hue === undefined ? this.lamps.tint(id, now) : light(hue / 30, this.lamps.saturation);
    const lit = lightness === undefined ? own : lightened(own, lightness);
    return opacity === undefined ? lit : lit.map((value) => value * opacity);
  }

  body(id, radius, size, least, now) {
    const star = this.scene.fixed.has(id) && this.scene.about.size > 0;
    const look = this.looks.of(id);
    const own = (this.scene.sizes.get(id) ?? 1) * (look.size ?? 1);
    const flash = this.lamps.flash(id, now);
    const swell = this.still ? 1 : 1 + 0.35 * flash;
    const glow = 2 * (look.glow ?? this.visual.glow ?? 0.5) * (look.opacity ?? 1) * (star ? 1.6 : 1);
    const smallest = star ? Math.min(own, 2) * 2 * least : least * own * swell;
    const actual = Math.min(radius, 0.09 * this.extent);
    this.discs.add(this.places.get(id), actual * size * own * swell, smallest, this.tint(id, now), star ? 0.5 : flash, glow);
  }
}
