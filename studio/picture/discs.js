/** Bodies as small lamps: a shaded disc in its own halo. */

import { Quads, packed, program } from './gl.js';

const REACH = 4.2; // the halo's edge, in radii
const LARGEST = 0.1; // of the window's height

const VERTEX = `
in vec2 place; in vec2 corner; in float radius; in vec4 light; in float lamp;
out vec2 at; out vec3 tint; out vec2 glow; out float pixels;
void main() {
  at = corner;
  pixels = radius;
  tint = light.rgb;
  glow = vec2(light.a, lamp);
  gl_Position = vec4(place, 0.0, 1.0);
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

const LAYOUT = [
  { name: 'place', floats: 2 }, { name: 'corner', floats: 2 }, { name: 'radius', floats: 1 },
  { name: 'light', bytes: 4 }, { name: 'lamp', floats: 1 },
];

export class Discs {
  constructor(gl, most = 2000) {
    this.gl = gl;
    this.quads = new Quads(gl, program(gl, VERTEX, FRAGMENT), LAYOUT, most);
    this.centre = [0, 0];
  }

  begin(camera) {
    this.camera = camera;
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
    const { quads, camera, centre } = this;
    if (quads.count >= quads.most) return;
    const scale = camera.clip(place[0], place[1], place[2], centre);
    const pixels = Math.min(Math.max(radius * scale, least), LARGEST * camera.height);
    const [w, h] = [(2 * REACH * pixels) / camera.width, (2 * REACH * pixels) / camera.height];
    const light = packed(colour[0], colour[1], colour[2], flash);
    const { floats, words } = quads;
    for (let corner = 0; corner < 4; corner += 1) {
      const [x, y] = [corner & 1 ? 1 : -1, corner & 2 ? 1 : -1];
      const at = (4 * quads.count + corner) * words;
      floats[at] = centre[0] + x * w;
      floats[at + 1] = centre[1] + y * h;
      floats[at + 2] = x * REACH;
      floats[at + 3] = y * REACH;
      floats[at + 4] = pixels;
      quads.packed[at + 5] = light;
      floats[at + 6] = glow;
    }
    quads.count += 1;
  }

  draw() {
    const { gl } = this;
    gl.blendEquation(gl.FUNC_ADD);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    this.quads.draw();
  }
}
