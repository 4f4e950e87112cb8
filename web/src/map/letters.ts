// Call signs beside their units: letters are drawn once each, the graphics card puts them where their units are. Which are shown is worked
// out once a second, where there is room; those that were shown stay as long as they can.
import { colour } from "../app/theme";
import { rgb } from "./paint";
import { Sprites, type Lie } from "./sprites";

const FONT = '11px "Noto Sans CJK SC", system-ui, sans-serif';
const HALO = 2.8;
/** Height of a line, and how far its middle is right of the unit's. */
const LINE = 16;
const BESIDE = 11;
/** Letters a sheet holds by row and by column: more than the call signs of any city use at once. */
const ROWS = 24;
/** Room is kept account of in squares of so many CSS pixels. */
const SQUARE = 6;

/** A unit that might be named: its place (4 floats of the frame), where it is on the screen, its call sign. */
export interface Named { unit: number; place: Float32Array; x: number; y: number; name: string }

interface Letter { left: number; top: number; width: number }

/** Letters on a sheet: red is how much of a dot the letter covers, green how much letter and halo do. */
class Letters {
  private readonly pen: CanvasRenderingContext2D;
  private readonly cell: number;
  private readonly known = new Map<string, Letter>();
  readonly side: number;

  constructor(readonly sprites: Sprites, readonly ratio: number) {
    this.cell = Math.ceil((LINE + 4) * ratio);
    this.side = this.cell * ROWS;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = this.cell;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    if (!pen) throw new Error("no canvas");
    this.pen = pen;
    sprites.picture(new ImageData(this.side, this.side));
  }

  of(letter: string): Letter {
    const known = this.known.get(letter);
    if (known) return known;
    // A sheet that is full is begun anew; what is still shown is drawn again at the next turn.
    if (this.known.size === ROWS * ROWS) this.known.clear();
    const at = this.known.size;
    const made = { left: (at % ROWS) * this.cell, top: Math.floor(at / ROWS) * this.cell, width: this.paint(letter) };
    this.sprites.patch(made.left, made.top, this.pen.getImageData(0, 0, this.cell, this.cell));
    this.known.set(letter, made);
    return made;
  }

  private paint(letter: string): number {
    const { pen, cell, ratio } = this;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.globalCompositeOperation = "source-over";
    pen.fillStyle = "#000";
    pen.fillRect(0, 0, cell, cell);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.globalCompositeOperation = "lighter";
    pen.font = FONT;
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    pen.lineWidth = HALO;
    [pen.strokeStyle, pen.fillStyle] = ["#0f0", "#ff0"];
    const [x, y] = [2, LINE / 2 + 2];
    pen.strokeText(letter, x, y);
    pen.fillText(letter, x, y);
    return pen.measureText(letter).width;
  }

  /** The floats of a name beside a place. */
  write(name: string, place: Float32Array, into: number[]): void {
    const share = 1 / this.side;
    let x = BESIDE - 2;
    for (const each of name) {
      const { left, top, width } = this.of(each);
      const wide = width + 4;
      into.push(...place, x, -LINE / 2 - 2, wide, LINE + 4, left * share, top * share, wide * this.ratio * share, (LINE + 4) * this.ratio * share);
      x += width;
    }
  }

  width(name: string): number {
    let sum = 0;
    for (const each of name) sum += this.of(each).width;
    return sum;
  }
}

/** Where on the screen there is still room. */
class Room {
  private readonly taken: Uint8Array;
  private readonly columns: number;
  private readonly rows: number;

  constructor(width: number, height: number) {
    [this.columns, this.rows] = [Math.ceil(width / SQUARE), Math.ceil(height / SQUARE)];
    this.taken = new Uint8Array(this.columns * this.rows);
  }

  /** Takes a box if all of it that is on the screen is free. */
  take(x: number, y: number, width: number, height: number): boolean {
    const column = (at: number) => Math.max(0, Math.min(this.columns, at));
    const row = (at: number) => Math.max(0, Math.min(this.rows, at));
    const [west, east] = [column(Math.floor(x / SQUARE)), column(Math.ceil((x + width) / SQUARE))];
    const [north, south] = [row(Math.floor(y / SQUARE)), row(Math.ceil((y + height) / SQUARE))];
    for (let at = north; at < south; at += 1) {
      if (this.taken.subarray(at * this.columns + west, at * this.columns + east).includes(1)) return false;
    }
    for (let at = north; at < south; at += 1) this.taken.fill(1, at * this.columns + west, at * this.columns + east);
    return true;
  }
}

export class CallSigns {
  private readonly sprites: Sprites;
  private letters: Letters | null = null;
  private shown: ReadonlySet<number> = new Set();
  private ink = rgb(colour("ink"));
  private halo = rgb(colour("map-halo"));

  constructor(gl: WebGL2RenderingContext) {
    this.sprites = new Sprites(gl);
  }

  recolour(): void {
    [this.ink, this.halo] = [rgb(colour("ink")), rgb(colour("map-halo"))];
  }

  /** Names as many as there is room for, `most` at the most. */
  name(units: readonly Named[], width: number, height: number, ratio: number, most: number): void {
    if (this.letters?.ratio !== ratio) this.letters = new Letters(this.sprites, ratio);
    const letters = this.letters;
    const room = new Room(width, height);
    const floats: number[] = [];
    const shown = new Set<number>();
    const before = this.shown;
    for (const stays of [true, false]) {
      for (const each of units) {
        if (before.has(each.unit) !== stays || shown.size >= most) continue;
        if (!room.take(each.x + BESIDE, each.y - LINE / 2, letters.width(each.name), LINE)) continue;
        letters.write(each.name, each.place, floats);
        shown.add(each.unit);
      }
    }
    this.shown = shown;
    this.sprites.fill(new Float32Array(floats));
  }

  draw(lie: Lie): void {
    this.sprites.draw(lie, [{ green: this.halo }, { red: this.ink }]);
  }
}

