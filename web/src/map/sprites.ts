// Small pictures that ride on places of the map, drawn by the graphics card on the canvas of units: marks of incidents, letters of call
// signs. Each keeps its size on the screen; a frame costs the page one call for all of them.

/** Floats of a sprite: its place before (x, y), its place (x, y), its box beside the place in CSS pixels (left, top, width, height) and the
 * same in the picture, as shares of it. */
export const SPRITE = 12;

/** How a sprite's texel becomes paint: as it is, or as the coverage of its red or its green in one colour. */
export type Paint = { picture: true } | { red: Colour } | { green: Colour };
export type Colour = readonly [number, number, number];

const VERTEX = `#version 300 es
uniform mat4 matrix; uniform float glide; uniform vec2 screen; uniform float scale;
layout(location=0) in vec4 place; layout(location=1) in vec4 box; layout(location=2) in vec4 cut;
out vec2 texel;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  vec4 at = matrix * vec4(mix(place.xy, place.zw, glide), 0.0, 1.0);
  vec2 onto = (at.xy / at.w * vec2(0.5, -0.5) + 0.5) * screen;
  vec2 dot = round(onto + box.xy * scale) + corner * box.zw * scale;
  gl_Position = vec4((dot / screen - 0.5) * vec2(2.0, -2.0), 0.0, 1.0);
  texel = cut.xy + corner * cut.zw;
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
uniform sampler2D picture; uniform int mode; uniform vec3 tint;
in vec2 texel; out vec4 paint;
void main() {
  vec4 found = texture(picture, texel);
  float covered = mode == 1 ? found.r : found.g;
  paint = mode == 0 ? found : vec4(tint * covered, covered);
}`;

export function compiled(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]] as const) {
    const shader = gl.createShader(kind);
    if (!shader) throw new Error("no shader");
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader) ?? "shader");
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return program;
}

/** Names of uniforms to their places, asked once. */
export function uniforms(gl: WebGL2RenderingContext, program: WebGLProgram): (name: string) => WebGLUniformLocation | null {
  const known = new Map<string, WebGLUniformLocation | null>();
  return (name) => {
    if (!known.has(name)) known.set(name, gl.getUniformLocation(program, name));
    return known.get(name) ?? null;
  };
}

/** How the map lies when a frame is drawn. */
export interface Lie { matrix: Float32Array; glide: number; width: number; height: number; ratio: number }

/** Sprites from one picture. */
export class Sprites {
  private readonly program: WebGLProgram;
  private readonly uniform: (name: string) => WebGLUniformLocation | null;
  private readonly texture: WebGLTexture;
  private readonly buffer: WebGLBuffer;
  private readonly layout: WebGLVertexArrayObject;
  private count = 0;

  constructor(private readonly gl: WebGL2RenderingContext) {
    this.program = compiled(gl, VERTEX, FRAGMENT);
    this.uniform = uniforms(gl, this.program);
    this.texture = gl.createTexture();
    this.buffer = gl.createBuffer();
    this.layout = gl.createVertexArray();
    gl.bindVertexArray(this.layout);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    for (const at of [0, 1, 2]) {
      gl.enableVertexAttribArray(at);
      gl.vertexAttribPointer(at, 4, gl.FLOAT, false, SPRITE * 4, at * 16);
      gl.vertexAttribDivisor(at, 1);
    }
    gl.bindVertexArray(null);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    for (const [name, value] of [
      [gl.TEXTURE_MIN_FILTER, gl.LINEAR], [gl.TEXTURE_MAG_FILTER, gl.LINEAR], [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE], [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
    ] as const) gl.texParameteri(gl.TEXTURE_2D, name, value);
  }

  /** Takes over a whole picture. */
  picture(image: ImageData): void {
    this.hold();
    this.gl.texImage2D(this.gl.TEXTURE_2D, 0, this.gl.RGBA, this.gl.RGBA, this.gl.UNSIGNED_BYTE, image);
  }

  /** Takes over a part of the picture. */
  patch(x: number, y: number, image: ImageData): void {
    this.hold();
    this.gl.texSubImage2D(this.gl.TEXTURE_2D, 0, x, y, this.gl.RGBA, this.gl.UNSIGNED_BYTE, image);
  }

  private hold(): void {
    this.gl.bindTexture(this.gl.TEXTURE_2D, this.texture);
    this.gl.pixelStorei(this.gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
  }

  /** Takes over what is to be drawn, `SPRITE` floats each, the undermost first. */
  fill(sprites: Float32Array): void {
    this.count = sprites.length / SPRITE;
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.buffer);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, sprites, this.gl.STREAM_DRAW);
  }

  draw(lie: Lie, paints: readonly Paint[]): void {
    const { gl, uniform } = this;
    if (this.count === 0) return;
    gl.useProgram(this.program);
    gl.bindVertexArray(this.layout);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.uniformMatrix4fv(uniform("matrix"), false, lie.matrix);
    gl.uniform1f(uniform("glide"), lie.glide);
    gl.uniform2f(uniform("screen"), lie.width, lie.height);
    gl.uniform1f(uniform("scale"), lie.ratio);
    for (const paint of paints) {
      gl.uniform1i(uniform("mode"), "picture" in paint ? 0 : "red" in paint ? 1 : 2);
      if (!("picture" in paint)) gl.uniform3fv(uniform("tint"), "red" in paint ? paint.red : paint.green);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.count);
    }
    gl.bindVertexArray(null);
  }
}
