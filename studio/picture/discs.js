/** Bodies as small lamps: a shaded disc in its own halo. */

import { Instances, VIEW, program } from './gl.js';

const REACH = 4.2; // the halo's edge, in radii

const VERTEX = `${VIEW}
in vec3 place; in vec2 extent; in vec3 colour; in vec2 lamp;
out vec2 at; out vec3 tint; out vec2 glow; out float pixels;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
  vec4 centre = seen(place);
  pixels = clamp(extent.x * focal.y / centre.w * size.y * 0.5, extent.y, size.y * 0.2);
  at = corner * ${REACH.toFixed(1)};
  tint = colour;
  glow = lamp;
  gl_Position = vec4(centre.xy + corner * pixels * ${REACH.toFixed(1)} * 2.0 / size * centre.w, 0.0, centre.w);
}`;

const FRAGMENT = `
in vec2 at; in vec3 tint; in vec2 glow; in float pixels; out vec4 colour;
void main() {
  float r = length(at);
  if (r > ${REACH.toFixed(1)}) discard;
  float edge = clamp((1.0 - r) * pixels + 0.5, 0.0, 1.0);
  float far = 1.0 - r / ${REACH.toFixed(1)};
  float halo = far * far * far * (0.16 + 0.5 * glow.x) * glow.y;
  float round = 1.0 - 0.38 * smoothstep(0.1, 1.15, length(at - vec2(-0.3, 0.34)));
  vec3 face = mix(tint, vec3(1.0), 0.16 + 0.6 * glow.x * (1.0 - r * r * 0.7)) * round;
  colour = vec4(face * edge + tint * halo * (1.0 - edge * 0.6), edge);
}`;

export class Discs {
  constructor(gl, most = 1200) {
    const layout = { place: 3, extent: 2, colour: 3, lamp: 2 };
    this.quads = new Instances(gl, program(gl, VERTEX, FRAGMENT), layout, most);
  }

  /**
   * One body.
   * @param {ArrayLike<number>} place  x, y, z
   * @param {number} radius  in the world's length
   * @param {number} least   pixels it is never smaller than
   * @param {number[]} colour
   * @param {number} flash   0..1, how lit it is
   * @param {number} glow    strength of the halo
   */
  add(place, radius, least, colour, flash, glow) {
    const { quads } = this;
    if (quads.count >= quads.most) return;
    const at = quads.count * quads.stride;
    quads.data.set([place[0], place[1], place[2], radius, least, colour[0], colour[1], colour[2], flash, glow], at);
    quads.count += 1;
  }

  draw(camera) {
    const { gl } = this.quads;
    gl.blendEquation(gl.FUNC_ADD);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    this.quads.draw(camera);
  }
}
