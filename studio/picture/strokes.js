/** Lines of light: trails, rings, rods, orbits, strings and walls are all segments of one draw call. */

import { Instances, VIEW, program } from './gl.js';

const VERTEX = `${VIEW}
in vec3 one; in vec3 two; in vec3 colour; in vec3 ink;
out vec3 tint; out vec2 along; out float half_width;
void main() {
  vec4 a = seen(one);
  vec4 b = seen(two);
  vec2 pa = a.xy / a.w * size * 0.5;
  vec2 pb = b.xy / b.w * size * 0.5;
  vec2 way = pb - pa;
  float length_px = max(length(way), 1e-4);
  way /= length_px;
  float end = float(gl_VertexID & 1);
  float side = float(gl_VertexID >> 1) * 2.0 - 1.0;
  half_width = ink.z * 0.5 + 1.0;
  vec2 p = mix(pa - way * 0.5, pb + way * 0.5, end) + vec2(-way.y, way.x) * side * half_width;
  along = vec2(side * half_width, mix(ink.x, ink.y, end));
  tint = colour;
  gl_Position = vec4(p * 2.0 / size, 0.0, 1.0);
}`;

const FRAGMENT = `
in vec3 tint; in vec2 along; in float half_width; out vec4 colour;
void main() {
  float near = clamp(half_width - abs(along.x), 0.0, 1.0);
  float soft = 1.0 - abs(along.x) / half_width;
  colour = vec4(tint * along.y * near * mix(1.0, soft * soft, clamp(half_width / 4.0 - 0.5, 0.0, 1.0)), 0.0);
}`;

export class Strokes {
  constructor(gl, most = 16000) {
    const layout = { one: 3, two: 3, colour: 3, ink: 3 };
    this.quads = new Instances(gl, program(gl, VERTEX, FRAGMENT), layout, most);
  }

  /** One segment, from strength `a` to strength `b`, `width` pixels wide. */
  add(x0, y0, z0, x1, y1, z1, colour, a, b, width) {
    const { quads } = this;
    if (quads.count >= quads.most) return;
    const { data } = quads;
    let at = quads.count * quads.stride;
    data[at++] = x0;
    data[at++] = y0;
    data[at++] = z0;
    data[at++] = x1;
    data[at++] = y1;
    data[at++] = z1;
    data[at++] = colour[0];
    data[at++] = colour[1];
    data[at++] = colour[2];
    data[at++] = a;
    data[at++] = b;
    data[at++] = width;
    quads.count += 1;
  }

  /** A segment between two points of one strength. */
  line(one, two, colour, strength, width) {
    this.add(one[0], one[1], one[2], two[0], two[1], two[2], colour, strength, strength, width);
  }

  /** A closed or open line through points. */
  path(points, colour, strength, width) {
    for (let i = 1; i < points.length; i += 1) this.line(points[i - 1], points[i], colour, strength, width);
  }

  draw(camera) {
    const { gl } = this.quads;
    // Where segments meet they overlap; the brighter wins, so that no joint shows as a bead.
    gl.blendEquation(gl.MAX);
    gl.blendFunc(gl.ONE, gl.ONE);
    this.quads.draw(camera);
  }
}
