/** What lies behind: a night that is a little lighter in the middle and takes the colour of the harmony. */

import { program } from './gl.js';

const VERTEX = `
out vec2 at;
void main() {
  at = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
  gl_Position = vec4(at, 0.0, 1.0);
}`;

// The grain is finer than one step of an eight-bit screen: without it the dark gradient shows bands.
const FRAGMENT = `
in vec2 at; uniform vec3 middle; uniform vec3 edge; uniform vec2 centre; uniform float wide; out vec4 colour;
void main() {
  vec2 d = (at - centre) * vec2(wide, 1.0);
  float r = clamp(dot(d, d) * 0.42, 0.0, 1.0);
  float grain = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
  colour = vec4(mix(middle, edge, r * (2.0 - r)) + (grain - 0.5) / 255.0, 1.0);
}`;

const NIGHT = [0.047, 0.055, 0.094];
const EDGE = [0.02, 0.022, 0.04];

export class Sky {
  constructor(gl) {
    this.gl = gl;
    this.program = program(gl, VERTEX, FRAGMENT);
    this.array = gl.createVertexArray();
    this.tint = [0.2, 0.24, 0.5];
    this.places = ['middle', 'edge', 'centre', 'wide'].map((name) => gl.getUniformLocation(this.program, name));
  }

  /** Lean toward the colour of a note just heard. */
  warm(colour, amount) {
    this.tint = this.tint.map((channel, i) => channel + (colour[i] - channel) * amount);
  }

  /** @param {boolean} plain  one even colour, for machines that draw slowly */
  draw(camera, plain) {
    const { gl } = this;
    if (plain) {
      gl.clearColor(...NIGHT.map((channel, i) => (channel + EDGE[i]) / 2 + this.tint[i] * 0.02), 1);
      gl.clear(gl.COLOR_BUFFER_BIT);
      return;
    }
    const [middle, edge, centre, wide] = this.places;
    gl.useProgram(this.program);
    gl.disable(gl.BLEND);
    gl.uniform3fv(middle, NIGHT.map((channel, i) => channel + this.tint[i] * 0.035));
    gl.uniform3fv(edge, EDGE);
    gl.uniform2f(centre, camera.shift[0], camera.shift[1]);
    gl.uniform1f(wide, Math.min(1.4, camera.width / camera.height));
    gl.bindVertexArray(this.array);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    gl.bindVertexArray(null);
    gl.enable(gl.BLEND);
  }
}
