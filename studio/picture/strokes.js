/** Lines of light: trails, rings, rods, orbits, strings and walls are all segments of one draw call. */

import { Quads, packed, program } from './gl.js';

const VERTEX = `
in vec2 place; in vec2 across; in vec4 light;
out vec2 wide; out vec3 tint;
void main() {
  wide = across;
  tint = light.rgb;
  gl_Position = vec4(place, 0.0, 1.0);
}`;

// Thin lines are even, with one soft pixel at each edge; wide ones fall off like light.
const FRAGMENT = `
in vec2 wide; in vec3 tint; out vec4 colour;
void main() {
  float near = clamp(wide.y - abs(wide.x), 0.0, 1.0);
  float soft = 1.0 - abs(wide.x) / wide.y;
  colour = vec4(tint * near * mix(1.0, soft * soft, clamp(wide.y / 4.0 - 0.5, 0.0, 1.0)), 0.0);
}`;

const LAYOUT = [{ name: 'place', floats: 2 }, { name: 'across', floats: 2 }, { name: 'light', bytes: 4 }];

export class Strokes {
  constructor(gl, most = 14000) {
    this.gl = gl;
    this.quads = new Quads(gl, program(gl, VERTEX, FRAGMENT), LAYOUT, most);
    this.one = [0, 0];
    this.two = [0, 0];
  }

  /** Draw for this camera until told otherwise. */
  begin(camera) {
    this.camera = camera;
  }

  /** One segment, from strength `a` to strength `b`, `width` pixels wide. */
  add(x0, y0, z0, x1, y1, z1, colour, a, b, width) {
    const { quads, camera, one, two } = this;
    if (quads.count >= quads.most || (a < 0.008 && b < 0.008)) return;
    camera.clip(x0, y0, z0, one);
    camera.clip(x1, y1, z1, two);
    const half = width * 0.5 + 1;
    const [w, h] = [camera.width / 2, camera.height / 2];
    let [dx, dy] = [(two[0] - one[0]) * w, (two[1] - one[1]) * h];
    const length = Math.hypot(dx, dy) || 1e-4;
    dx /= length;
    dy /= length;
    const [sx, sy, ex, ey] = [(-dy * half) / w, (dx * half) / h, (0.5 * dx) / w, (0.5 * dy) / h];
    const near = packed(colour[0] * a, colour[1] * a, colour[2] * a, 0);
    const far = packed(colour[0] * b, colour[1] * b, colour[2] * b, 0);
    const at = 4 * quads.words * quads.count;
    this.corner(at, one[0] - ex - sx, one[1] - ey - sy, -half, half, near);
    this.corner(at + 5, two[0] + ex - sx, two[1] + ey - sy, -half, half, far);
    this.corner(at + 10, one[0] - ex + sx, one[1] - ey + sy, half, half, near);
    this.corner(at + 15, two[0] + ex + sx, two[1] + ey + sy, half, half, far);
    quads.count += 1;
  }

  corner(at, x, y, across, half, light) {
    const { floats } = this.quads;
    floats[at] = x;
    floats[at + 1] = y;
    floats[at + 2] = across;
    floats[at + 3] = half;
    this.quads.packed[at + 4] = light;
  }

  /** A segment between two points of one strength. */
  line(one, two, colour, strength, width) {
    this.add(one[0], one[1], one[2], two[0], two[1], two[2], colour, strength, strength, width);
  }

  /** A closed or open line through points. */
  path(points, colour, strength, width) {
    for (let i = 1; i < points.length; i += 1) this.line(points[i - 1], points[i], colour, strength, width);
  }

  draw() {
    const { gl } = this;
    // Where segments meet they overlap; the brighter wins, so that no joint shows as a bead.
    gl.blendEquation(gl.MAX);
    gl.blendFunc(gl.ONE, gl.ONE);
    this.quads.draw();
  }
}
