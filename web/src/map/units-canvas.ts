// What lives on the map: marks of incidents, units, call signs. A canvas of their own above it, so that they come, go and move without the map
// being drawn again. The graphics card moves each unit from where it was to where it is; a frame costs the page a few calls.
import { colour } from "../app/theme";
import type { UnitStatus } from "../api/documents";
import { CallSigns, type Named } from "./letters";
import { IncidentMarks, type Marked } from "./incident-marks";
import { rgb } from "./paint";
import { FLOATS } from "./positions.worker";
import { compiled, uniforms, type Lie } from "./sprites";

/** The order in which the shader knows statuses. */
const STATUSES: readonly UnitStatus[] = ["available", "dispatched", "acknowledged", "en_route", "on_scene", "transporting", "out", "off_duty"];
const COLOURS = ["available", "going", "going", "going", "on-scene", "transporting", "out", "out"];
export const CHOSEN = 16;
/** Call signs are shown from here on, of so many units at the most. */
const NAMES_FROM = 12.5;
const NAMES_MOST = 300;
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
  private readonly layout: WebGLVertexArrayObject;
  private readonly incidents: IncidentMarks;
  private readonly signs: CallSigns;
  private matrix: Float64Array | null = null;
  private zoom = 10;
  /** Sides of the canvas in CSS pixels, as the map told them: to ask the page for them would have it laid out anew. */
  private sides: [width: number, height: number] = [0, 0];
  private size = 10;
  private since = 0;
  private raf = 0;
  private count = 0;
  /** What is drawn: units in order, their floats, and the origin of those. */
  units: Uint32Array = new Uint32Array();
  private floats: Float32Array = new Float32Array();

  constructor(readonly canvas: HTMLCanvasElement, readonly origin: readonly [number, number]) {
    const gl = canvas.getContext("webgl2", { premultipliedAlpha: true, antialias: false });
    if (!gl) throw new Error("the browser has no WebGL 2");
    this.gl = gl;
    this.program = compiled(gl, VERTEX, FRAGMENT);
    this.uniform = uniforms(gl, this.program);
    [this.places, this.states, this.layout] = [gl.createBuffer(), gl.createBuffer(), gl.createVertexArray()];
    this.incidents = new IncidentMarks(gl, origin);
    this.signs = new CallSigns(gl);
    this.arrange();
    this.recolour();
  }

  private arrange(): void {
    const { gl } = this;
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindVertexArray(this.layout);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.places);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 4, gl.FLOAT, false, FLOATS * 4, 0);
    gl.enableVertexAttribArray(1);
    gl.vertexAttribPointer(1, 2, gl.FLOAT, false, FLOATS * 4, 16);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.states);
    gl.enableVertexAttribArray(2);
    gl.vertexAttribPointer(2, 1, gl.UNSIGNED_BYTE, false, 0, 0);
    gl.bindVertexArray(null);
  }

  /** Takes over the colours of the theme. */
  recolour(): void {
    const { gl } = this;
    gl.useProgram(this.program);
    gl.uniform3fv(this.uniform("colours"), COLOURS.flatMap((name) => rgb(colour(name))));
    gl.uniform3fv(this.uniform("halo"), rgb(colour("map-halo")));
    gl.uniform3fv(this.uniform("accent"), rgb(colour("accent")));
    this.incidents.recolour();
    this.signs.recolour();
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
    this.zoom = zoom;
    this.sides = [width, height];
    this.size = Math.max(7, Math.min(17, 7 + (zoom - 10) * 1.7)) * ratio;
    this.draw();
  }

  private draw(): void {
    const { gl, matrix } = this;
    if (!matrix) return;
    gl.viewport(0, 0, this.canvas.width, this.canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const lie: Lie = {
      matrix: new Float32Array(matrix), glide: this.glide(), width: this.canvas.width, height: this.canvas.height, ratio: devicePixelRatio,
    };
    this.incidents.draw(lie, this.zoom);
    this.drawUnits(lie);
    if (this.count > 0) this.signs.draw(lie);
  }

  private drawUnits(lie: Lie): void {
    const { gl } = this;
    if (this.count === 0) return;
    gl.useProgram(this.program);
    gl.bindVertexArray(this.layout);
    gl.uniformMatrix4fv(this.uniform("matrix"), false, lie.matrix);
    gl.uniform1f(this.uniform("glide"), lie.glide);
    gl.uniform1f(this.uniform("size"), this.size);
    gl.drawArrays(gl.POINTS, 0, this.count);
    gl.bindVertexArray(null);
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

  /** Takes over the incidents to be marked, the undermost first. */
  mark(incidents: readonly Marked[]): void {
    this.incidents.mark(incidents);
    this.animate();
  }

  /** Call signs beside units, where there is room: `name` gives a unit's, if it is to be named. None at all from afar. */
  name(name: (unit: number) => string | null): void {
    const [width, height] = this.sides;
    const named: Named[] = [];
    const near = this.zoom >= NAMES_FROM;
    for (let index = 0; near && index < this.count; index += 1) {
      const [x, y] = this.onScreen(this.floats[index * FLOATS + 2] ?? 0, this.floats[index * FLOATS + 3] ?? 0);
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const unit = this.units[index] ?? 0;
      const called = name(unit);
      if (called) named.push({ unit, place: this.floats.subarray(index * FLOATS, index * FLOATS + 4), x, y, name: called });
    }
    this.signs.name(named, width, height, devicePixelRatio, NAMES_MOST);
    this.animate();
  }

  /** Where a place of the canvas' own measure is on the screen, in CSS pixels. */
  private onScreen(x: number, y: number): [number, number] {
    const m = this.matrix;
    if (!m) return [-1, -1];
    const at = (index: number) => m[index] ?? 0;
    const depth = at(3) * x + at(7) * y + at(15);
    return [
      (((at(0) * x + at(4) * y + at(12)) / depth) * 0.5 + 0.5) * this.sides[0],
      (0.5 - ((at(1) * x + at(5) * y + at(13)) / depth) * 0.5) * this.sides[1],
    ];
  }

  /** The unit nearest to a point of the canvas, in CSS pixels, if one is within `within`. */
  at(x: number, y: number, within = 14): number | null {
    let [best, found] = [within * within, null as number | null];
    for (let index = 0; index < this.count; index += 1) {
      const [sx, sy] = this.onScreen(this.floats[index * FLOATS + 2] ?? 0, this.floats[index * FLOATS + 3] ?? 0);
      const apart = (sx - x) ** 2 + (sy - y) ** 2;
      if (apart < best) [best, found] = [apart, this.units[index] ?? null];
    }
    return found;
  }

  /** The uppermost incident whose mark is at a point of the canvas. */
  incidentAt(x: number, y: number): number | null {
    return this.incidents.at(x, y, this.zoom, (px, py) => this.onScreen(px, py));
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
