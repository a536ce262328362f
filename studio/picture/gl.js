/** The little of WebGL2 that two kinds of instanced quads need. */

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

/** How every vertex shader sees the world: turned, then seen from a distance, then shifted into the free area. */
export const VIEW = `
uniform mat3 turn; uniform vec3 target; uniform float away; uniform vec2 focal; uniform vec2 shift; uniform vec2 size;
vec4 seen(vec3 p) {
  vec3 q = turn * (p - target);
  float w = max(away - q.z, away * 0.05);
  return vec4(q.xy * focal + shift * w, 0.0, w);
}
`;

/** Quads, one per instance, drawn in a single call. */
export class Instances {
  /**
   * @param {WebGL2RenderingContext} gl
   * @param {WebGLProgram} made
   * @param {Record<string, number>} layout  attribute name to floats, in order
   * @param {number} most  instances
   */
  constructor(gl, made, layout, most) {
    this.gl = gl;
    this.program = made;
    this.stride = Object.values(layout).reduce((sum, floats) => sum + floats, 0);
    this.most = most;
    this.data = new Float32Array(most * this.stride);
    this.count = 0;
    this.uniforms = new Map();
    this.bind(layout);
  }

  bind(layout) {
    const { gl } = this;
    this.array = gl.createVertexArray();
    this.buffer = gl.createBuffer();
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, this.data.byteLength, gl.DYNAMIC_DRAW);
    let offset = 0;
    for (const [name, floats] of Object.entries(layout)) {
      const at = gl.getAttribLocation(this.program, name);
      if (at >= 0) {
        gl.enableVertexAttribArray(at);
        gl.vertexAttribPointer(at, floats, gl.FLOAT, false, 4 * this.stride, 4 * offset);
        gl.vertexAttribDivisor(at, 1);
      }
      offset += floats;
    }
    gl.bindVertexArray(null);
  }

  place(name) {
    if (!this.uniforms.has(name)) this.uniforms.set(name, this.gl.getUniformLocation(this.program, name));
    return this.uniforms.get(name);
  }

  /** Draw what was written since the last draw, seen by a camera, and forget it. */
  draw(camera) {
    const { gl } = this;
    if (this.count === 0) return;
    gl.useProgram(this.program);
    gl.uniformMatrix3fv(this.place('turn'), false, camera.turn);
    gl.uniform3fv(this.place('target'), camera.target);
    gl.uniform1f(this.place('away'), camera.away);
    gl.uniform2fv(this.place('focal'), camera.focal);
    gl.uniform2fv(this.place('shift'), camera.shift);
    gl.uniform2f(this.place('size'), camera.width, camera.height);
    gl.bindVertexArray(this.array);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, this.data, 0, this.count * this.stride);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.count);
    gl.bindVertexArray(null);
    this.count = 0;
  }
}
