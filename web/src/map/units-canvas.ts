// Units on the map: a canvas of their own above it, so that ten thousand of them move without the map being drawn again. The graphics card
// moves each from where it was to where it is; a frame costs the page one call.
import { colour } from "../app/theme";
import type { UnitStatus } from "../api/documents";
import { FLOATS } from "./positions.worker";

/** The order in which the shader knows statuses. */
const STATUSES: readonly UnitStatus[] = ["available", "dispatched", "acknowledged", "en_route", "on_scene", "transporting", "out", "off_duty"];
const COLOURS = ["available", "going", "going", "going", "on-scene", "transporting", "out", "out"];
export const CHOSEN = 16;
/** How long a unit takes from one place to the next: a tick of the server. */
const GLIDE = 1_000;

const VERTEX = `#version 300 es
uniform mat4 matrix; uniform float glide; uniform float size; uniform vec3 colours[8];
layout(location=0) in vec4 place; layout(location=1) in vec2 more; layout(location=2) in float state;
out vec3 tint; flat out int shape; flat out float turn; flat out float old; flat out float chosen; flat out float points;
void main() {
  gl_Position = matrix * vec4(mix(place.xy, place.zw, glide), 0.0, 1.0);
  int packed = int(state + 0.5);
  chosen = packed >= 16 ? 1.0 : 0.0;
  shape = packed % 16;
  tint = colours[shape];
  turn = more.x;
  old = more.y;
  points = size * (chosen > 0.5 ? 2.2 : 1.5);
  gl_PointSize = points;
}`;

const FRAGMENT = `#version 300 es
precision highp float;
uniform vec3 halo; uniform vec3 accent;
in vec3 tint; flat in int shape; flat in float turn; flat in float old; flat in float chosen; flat in float points;
out vec4 paint;
float box(vec2 p, float r) { vec2 q = abs(p) - r; return max(q.x, q.y); }
vec2 turned(vec2 p, float a) { return mat2(cos(a), -sin(a), sin(a), cos(a)) * p; }
float arrow(vec2 p) {
  p = turned(p, turn > -5.0 ? turn : 0.0);
  return max(dot(vec2(abs(p.x), p.y + 1.0), normalize(vec2(1.7, -0.78))), p.y - 0.75);
}
float of(vec2 p) {
  if (shape == 3) return arrow(p);
  if (shape == 4) return box(p, 0.66);
  if (shape == 5) return (abs(p.x) + abs(p.y) - 1.0) * 0.72;
  if (shape == 6 || shape == 7) { p = mat2(0.7071, 0.7071, -0.7071, 0.7071) * p; return min(box(p, 0.24) , min(max(abs(p.x) - 0.9, abs(p.y) - 0.26), max(abs(p.y) - 0.9, abs(p.x) - 0.26))); }
  return length(p) - 0.8;
}
void main() {
  float reach = chosen > 0.5 ? 1.467 : 1.0;
  vec2 p = (gl_PointCoord * 2.0 - 1.0) * 1.5 * reach;
  float soft = 3.0 * reach / points;
  float d = of(p);
  float body = 1.0 - smoothstep(-soft, soft, d);
  if (shape == 1 || shape == 2) body *= smoothstep(-soft, soft, d + 0.34);
  if (shape == 2) body = max(body, 1.0 - smoothstep(-soft, soft, length(p) - 0.3));
  float rim = (1.0 - smoothstep(-soft, soft, d - 0.3)) * (1.0 - body) * 0.85;
  float nose = 0.0;
  if (turn > -5.0 && shape != 3) {
    vec2 q = turned(p, turn);
    nose = 1.0 - smoothstep(-soft, soft, max(abs(q.x) - 0.16, abs(q.y + 1.05) - 0.34));
  }
  float ring = chosen > 0.5 ? 1.0 - smoothstep(0.0, soft * 1.5, abs(length(p) - 1.75) - 0.14) : 0.0;
  float fade = old > 300.0 ? 0.4 : old > 60.0 ? 0.7 : 1.0;
  float solid = max(body, nose) * fade;
  float shade = rim * fade;
  paint = vec4(tint * solid + halo * shade * (1.0 - solid) + accent * ring, max(max(solid, shade), ring));
}`;

function compiled(gl: WebGL2RenderingContext, kind: number, source: string): WebGLShader {
  const shader = gl.createShader(kind);
  if (!shader) throw new Error("no shader");
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(shader) ?? "shader");
  return shader;
}

function rgb(text: string): [number, number, number] {
  const hex = text.replace("#", "");
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return [part(0), part(2), part(4)];
}

/** `matrix · translate(x, y)`, in doubles: floats alone would shake at street level. */
function moved(matrix: ArrayLike<number>, [x, y]: readonly [number, number]): Float64Array {
  const out = Float64Array.from(matrix);
  for (let row = 0; row < 4; row += 1) {
    out[12 + row] = (matrix[row] ?? 0) * x + (matrix[4 + row] ?? 0) * y + (matrix[12 + row] ?? 0);
  }
  return out;
}

export class UnitsCanvas {
  private readonly gl: WebGL2RenderingContext;
  private readonly program: WebGLProgram;
  private readonly places: WebGLBuffer;
  private readonly states: WebGLBuffer;
  private readonly uniform: (name: string) => WebGLUniformLocation | null;
  private matrix: Float64Array | null = null;
  private size = 10;
  private since = 0;
  private raf = 0;
  private count = 0;
  /** What is drawn: units in order, their floats, and the origin of those. */
  units: Uint32Array = new Uint32Array();
  private floats: Float32Array = new Float32Array();

  constructor(readonly canvas: HTMLCanvasElement, readonly origin: readonly [number, number]) {
    const gl = canvas.getContext("webgl2", { premultipliedAlpha: true, antialias: false });
    const program = gl?.createProgram();
    const [places, states] = [gl?.createBuffer(), gl?.createBuffer()];
    if (!gl || !program || !places || !states) throw new Error("the browser has no WebGL 2");
    gl.attachShader(program, compiled(gl, gl.VERTEX_SHADER, VERTEX));
    gl.attachShader(program, compiled(gl, gl.FRAGMENT_SHADER, FRAGMENT));
    gl.linkProgram(program);
    const known = new Map<string, WebGLUniformLocation | null>();
    this.uniform = (name) => {
      if (!known.has(name)) known.set(name, gl.getUniformLocation(program, name));
      return known.get(name) ?? null;
    };
    [this.gl, this.program, this.places, this.states] = [gl, program, places, states];
    this.arrange();
    this.recolour();
  }

  private arrange(): void {
    const { gl } = this;
    gl.useProgram(this.program);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.places);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 4, gl.FLOAT, false, FLOATS * 4, 0);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribPointer(1, 2, gl.FLOAT, false, FLOATS * 4, 16);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.states);
    gl.enableVertexAttribArray(2);
    gl.vertexAttribPointer(2, 1, gl.UNSIGNED_BYTE, false, 0, 0);
  }

  /** Takes over the colours of the theme. */
  recolour(): void {
    const { gl } = this;
    gl.useProgram(this.program);
    gl.uniform3fv(this.uniform("colours"), COLOURS.flatMap((name) => rgb(colour(name))));
    gl.uniform3fv(this.uniform("halo"), rgb(colour("map-halo")));
    gl.uniform3fv(this.uniform("accent"), rgb(colour("accent")));
    this.animate();
  }

  /** Takes over a frame; units glide to it from where they were. */
  frame(units: Uint32Array, floats: Float32Array): void {
    [this.units, this.floats, this.count] = [units, floats, units.length];
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.places);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, floats, this.gl.STREAM_DRAW);
    this.since = performance.now();
  }

  /** Takes over what units do: `state` tells a unit's status and whether it is chosen. */
  restate(state: (unit: number) => { status: UnitStatus; chosen: boolean } | null): void {
    const bytes = new Uint8Array(this.count);
    for (let index = 0; index < this.count; index += 1) {
      const known = state(this.units[index] ?? 0);
      bytes[index] = known ? STATUSES.indexOf(known.status) + (known.chosen ? CHOSEN : 0) : STATUSES.length - 1;
    }
    this.gl.bindBuffer(this.gl.ARRAY_BUFFER, this.states);
    this.gl.bufferData(this.gl.ARRAY_BUFFER, bytes, this.gl.STREAM_DRAW);
    this.animate();
  }

  /** Takes over how the map lies, and draws at once, in the same frame as the map. */
  lie(matrix: ArrayLike<number>, zoom: number, width: number, height: number): void {
    const ratio = devicePixelRatio;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== w || this.canvas.height !== h) [this.canvas.width, this.canvas.height] = [w, h];
    this.matrix = moved(matrix, this.origin);
    this.size = Math.max(7, Math.min(17, 7 + (zoom - 10) * 1.7)) * ratio;
    this.draw();
  }

  private draw(): void {
    const { gl, matrix } = this;
    if (!matrix) return;
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    if (this.count === 0) return;
    gl.useProgram(this.program);
    gl.uniformMatrix4fv(this.uniform("matrix"), false, new Float32Array(matrix));
    gl.uniform1f(this.uniform("glide"), this.glide());
    gl.uniform1f(this.uniform("size"), this.size);
    gl.drawArrays(gl.POINTS, 0, this.count);
  }

  private glide(): number {
    return Math.min(1, (performance.now() - this.since) / GLIDE);
  }

  /** Draws while units are on their way, and then no more. */
  private animate(): void {
    if (this.raf) return;
    const step = () => {
      this.draw();
      this.raf = this.glide() < 1 ? requestAnimationFrame(step) : 0;
    };
    this.raf = requestAnimationFrame(step);
  }

  /** The unit nearest to a point of the canvas, in CSS pixels, if one is within `within`. */
  at(x: number, y: number, within = 14): number | null {
    if (!this.matrix) return null;
    const m = this.matrix;
    const [w, h] = [this.canvas.clientWidth, this.canvas.clientHeight];
    const at = (index: number) => m[index] ?? 0;
    let [best, found] = [within * within, null as number | null];
    for (let index = 0; index < this.count; index += 1) {
      const px = this.floats[index * FLOATS + 2] ?? 0;
      const py = this.floats[index * FLOATS + 3] ?? 0;
      const depth = at(3) * px + at(7) * py + at(15);
      const sx = (((at(0) * px + at(4) * py + at(12)) / depth) * 0.5 + 0.5) * w;
      const sy = (0.5 - ((at(1) * px + at(5) * py + at(13)) / depth) * 0.5) * h;
      const apart = (sx - x) ** 2 + (sy - y) ** 2;
      if (apart < best) [best, found] = [apart, this.units[index] ?? null];
    }
    return found;
  }

  /** Where a drawn unit is. */
  place(index: number): [lon: number, lat: number] {
    const x = (this.floats[index * FLOATS + 2] ?? 0) + this.origin[0];
    const y = (this.floats[index * FLOATS + 3] ?? 0) + this.origin[1];
    return [(x - 0.5) * 360, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI];
  }

  clear(): void {
    this.count = 0;
    this.draw();
  }

  drop(): void {
    cancelAnimationFrame(this.raf);
    this.gl.getExtension("WEBGL_lose_context")?.loseContext();
  }
}
