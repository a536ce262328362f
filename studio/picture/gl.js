/** The little of WebGL2 that quads of light need. */

/** A program from two sources; throws with the compiler's words. */
export function program(gl, vertex, fragment) {
  const made = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, `#version 300 es\nprecision highp float;\n${source}`);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader));
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made));
  return made;
}

/**
 * Quads of four vertices, all in one draw call. They are laid out here and not by instancing, which machines that
 * draw in software do one quad at a time: four thousand took 80 ms.
 */
export class Quads {
  /**
   * @param {WebGL2RenderingContext} gl
   * @param {WebGLProgram} made
   * @param {{name: string, floats?: number, bytes?: number}[]} layout  attributes of a vertex, in order
   * @param {number} most  quads, at most 16,383
   */
  constructor(gl, made, layout, most) {
    this.gl = gl;
    this.program = made;
    this.words = layout.reduce((sum, { floats = 1 }) => sum + floats, 0); // of a vertex
    this.most = most;
    this.floats = new Float32Array(4 * most * this.words);
    this.packed = new Uint32Array(this.floats.buffer);
    this.count = 0;
    this.array = gl.createVertexArray();
    this.buffer = gl.createBuffer();
    gl.bindVertexArray(this.array);
    this.lay(layout);
    this.index();
    gl.bindVertexArray(null);
  }

  lay(layout) {
    const { gl } = this;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, this.floats.byteLength, gl.DYNAMIC_DRAW);
    let word = 0;
    for (const { name, floats = 1, bytes } of layout) {
      const place = gl.getAttribLocation(this.program, name);
      gl.enableVertexAttribArray(place);
      if (bytes) gl.vertexAttribPointer(place, bytes, gl.UNSIGNED_BYTE, true, 4 * this.words, 4 * word);
      else gl.vertexAttribPointer(place, floats, gl.FLOAT, false, 4 * this.words, 4 * word);
      word += floats;
    }
  }

  index() {
    const { gl } = this;
    const corners = new Uint16Array(6 * this.most);
    for (let quad = 0; quad < this.most; quad += 1) {
      corners.set([0, 1, 2, 2, 1, 3].map((corner) => 4 * quad + corner), 6 * quad);
    }
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, corners, gl.STATIC_DRAW);
  }

  /** Draw what was written since the last draw, and forget it. */
  draw() {
    const { gl, count } = this;
    this.count = 0;
    if (count === 0) return;
    gl.useProgram(this.program);
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, this.floats, 0, 4 * count * this.words);
    gl.drawElements(gl.TRIANGLES, 6 * count, gl.UNSIGNED_SHORT, 0);
    gl.bindVertexArray(null);
  }
}

/** Red, green, blue and a fourth, 0..1 each, in one word. */
export function packed(r, g, b, a) {
  return ((byte(a) << 24) | (byte(b) << 16) | (byte(g) << 8) | byte(r)) >>> 0;
}

const byte = (value) => (value <= 0 ? 0 : value >= 1 ? 255 : (value * 255 + 0.5) | 0);
