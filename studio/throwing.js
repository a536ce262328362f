/** Dropping and throwing balls with a pointer or the keyboard. */

const CLICK_PX = 7;
const REACH = 2.2; // a drag of one length is a speed of so many lengths a heard second
const BALLS_MOST = 24;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

export class Throwing {
  /**
   * @param {import('./picture/picture.js').Picture} picture
   * @param {() => ?import('./session.js').Session} session
   */
  constructor(picture, session) {
    this.picture = picture;
    this.session = session;
    this.aim = null;
    this.pointer = null;
    this.ondrop = () => {};
    const { canvas } = picture;
    canvas.addEventListener('pointerdown', (event) => this.down(event));
    canvas.addEventListener('pointermove', (event) => this.move(event));
    canvas.addEventListener('pointerup', (event) => this.up(event));
    canvas.addEventListener('pointercancel', () => this.cancel());
    canvas.addEventListener('contextmenu', (event) => event.preventDefault());
    canvas.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    canvas.addEventListener('dblclick', (event) => event.preventDefault());
    canvas.addEventListener('keydown', (event) => this.key(event));
    canvas.addEventListener('blur', () => this.cancel());
  }

  down(event) {
    if (event.button === 2 || event.button === 1 || this.pointer) {
      this.turning = { id: event.pointerId, x: event.clientX, y: event.clientY };
      return;
    }
    const from = this.under(event.clientX, event.clientY);
    if (!from) return;
    this.picture.canvas.setPointerCapture?.(event.pointerId);
    this.pointer = { id: event.pointerId, x: event.clientX, y: event.clientY, from };
    this.picture.aim = { from, to: null, radius: this.radius() };
  }

  move(event) {
    if (this.turning?.id === event.pointerId) {
      this.picture.camera.rotate((event.clientX - this.turning.x) * -0.006, (event.clientY - this.turning.y) * 0.006);
      Object.assign(this.turning, { x: event.clientX, y: event.clientY });
      return;
    }
    if (this.pointer?.id !== event.pointerId) return;
    const far = Math.hypot(event.clientX - this.pointer.x, event.clientY - this.pointer.y);
    const to = far > CLICK_PX ? this.under(event.clientX, event.clientY) : null;
    this.picture.aim = { from: this.pointer.from, to, radius: this.radius() };
  }

  up(event) {
    if (this.turning?.id === event.pointerId) this.turning = null;
    if (this.pointer?.id !== event.pointerId) return;
    const { from, to } = this.picture.aim ?? {};
    this.cancel();
    if (from) this.throw(from, to ?? null);
  }

  cancel() {
    this.pointer = null;
    this.turning = null;
    this.picture.aim = null;
  }

  wheel(event) {
    event.preventDefault();
    this.picture.camera.magnify(Math.exp(-event.deltaY * 0.0012));
  }

  /** Arrow keys carry an aim over the picture; Enter lets go, Shift with an arrow throws. */
  key(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step && event.key !== 'Enter') return;
    event.preventDefault();
    const { camera } = this.picture;
    this.place ??= camera.project(camera.target);
    if (step && !event.shiftKey) this.place = this.place.map((value, i) => value + 24 * step[i]);
    const from = this.under(...this.place);
    if (!from) return;
    this.picture.aim = { from, to: null, radius: this.radius() };
    if (event.key === 'Enter') this.throw(from, null);
    else if (event.shiftKey) this.throw(from, this.under(this.place[0] + 120 * step[0], this.place[1] + 120 * step[1]));
  }

  /** The point of the world under a place of the window: in the plane where things happen. */
  under(x, y) {
    const { camera, scene } = this.picture;
    const flat = scene.dimensions === 2 || scene.about.size > 0 || this.picture.bounds.flat;
    if (!flat) return camera.reach(x, y, camera.target, camera.axes()[2]);
    const place = camera.reach(x, y, [0, 0, 0], [0, 0, 1]);
    return place && [place[0], place[1], 0];
  }

  /** Any place in the free middle of the picture. */
  somewhere() {
    const { width, height, free } = this.picture.camera;
    const share = () => 0.2 + 0.6 * Math.random();
    const x = free.left + share() * (width - free.left - free.right);
    return this.under(x, free.top + share() * 0.7 * (height - free.top - free.bottom));
  }

  /** A ball the size of what is there already: among points, a point. */
  radius() {
    const world = this.picture.world;
    const radii = (world?.radii ?? []).filter((radius) => radius > 0).sort((a, b) => a - b);
    const usual = radii.length ? radii[radii.length >> 1] : 0;
    if (usual === 0 && world?.radii.length) return 0;
    return Math.min(10, Math.max(0.001, Math.min(usual || Infinity, 0.03 * this.picture.extent)));
  }

  throw(from, to) {
    const session = this.session();
    if (!session || !from) return;
    if (!session.mayEdit) {
      const pushed = session.mayPush && to && this.push(from, to, session);
      this.ondrop({ refused: !pushed });
      return;
    }
    const id = `zz-${Array.from({ length: 6 }, () => LETTERS[Math.floor(Math.random() * LETTERS.length)]).join('')}`;
    const ball = { position: rounded(from), velocity: rounded(to ? this.speed(from, to, session) : this.calm(from, session)) };
    const radius = Number(this.radius().toPrecision(3));
    ball.radius = radius;
    this.picture.ghosts.set(id, { place: from, radius, since: performance.now() });
    session.edit({ bodies: { ...this.oldest(session), [id]: ball } });
    this.ondrop({ id, at: performance.now() });
  }

  /** Who may not add a ball pushes the nearest one. */
  push(from, to, session) {
    const apart = (place) => Math.hypot(...place.map((value, i) => value - from[i]));
    const [name] = [...this.picture.places].sort(([, a], [, b]) => apart(a) - apart(b))[0] ?? [];
    if (name) session.push({ [name]: { velocity: rounded(this.speed(from, to, session)) } });
    return Boolean(name);
  }

  /** Room for one more: the first ones thrown leave. */
  oldest(session) {
    const balls = Object.keys(session.document.bodies ?? {}).filter((id) => id.startsWith('zz-'));
    return Object.fromEntries(balls.slice(0, Math.max(0, balls.length - BALLS_MOST + 1)).map((id) => [id, null]));
  }

  speed(from, to, session) {
    return to.map((value, i) => ((value - from[i]) * REACH) / session.rate);
  }

  /** Let go at rest, but among planets on a circle round their star. */
  calm(from, session) {
    const [name, star] = Object.entries(session.document.bodies ?? {}).find(([, body]) => body.fixed && body.mass) ?? [];
    const focus = name && this.picture.places.get(name);
    const mu = focus ? gravitation(session.document) * star.mass : 0;
    if (!(mu > 0)) return [0, 0, 0];
    const r = from.map((value, i) => value - focus[i]);
    const size = Math.hypot(...r);
    const around = Math.hypot(r[0], r[1]);
    if (around === 0) return [0, 0, 0];
    const speed = Math.sqrt(mu / size);
    return [(-r[1] * speed) / around, (r[0] * speed) / around, 0];
  }
}

/** G in a document's own units of length, mass and time. */
function gravitation({ physics = {}, units = {}, clock = {} }) {
  if (physics.gravitation !== 'natural') return physics.gravitation ?? 0;
  const metres = { m: 1, km: 1e3, au: 1.495978707e11 }[units.length ?? 'm'];
  const product = { kg: 6.6743e-11, earth: 3.986004418e14, sun: 1.32712440018e20 }[units.mass ?? 'kg'];
  const seconds = { second: 1, minute: 60, hour: 3600, day: 86400, year: 31557600 }[clock.unit ?? 'second'];
  return (product * seconds ** 2) / metres ** 3;
}

const rounded = (vector) => vector.map((value) => Number(value.toPrecision(6)) || 0);
