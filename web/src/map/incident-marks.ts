// Marks of incidents on the canvas above the map: a drop with its point at the place and the priority in it, hollow once somebody was sent.
import { colour } from "../app/theme";
import { canvas, pixels } from "./marks";
import { SPRITE, Sprites, type Lie } from "./sprites";

export interface Marked { incident: number; at: readonly number[]; priority: number; answered: boolean; chosen: boolean }

/** Sides of a mark and of the ring round a chosen one, in CSS pixels; where in a mark its point is. */
const SIDE = 30;
const RING = 48;
const TIP = 28;
const PRIORITIES = 5;
const SHEET = { width: SIDE * PRIORITIES * 2, height: SIDE + RING };

function drop(pen: CanvasRenderingContext2D, priority: number, answered: boolean): void {
  const paint = colour(`p${priority}`);
  pen.beginPath();
  pen.arc(15, 12, 9, Math.PI * 0.82, Math.PI * 0.18);
  pen.lineTo(15, TIP);
  pen.closePath();
  pen.lineJoin = "round";
  pen.lineWidth = 4;
  pen.strokeStyle = colour("map-halo");
  pen.stroke();
  pen.fillStyle = answered ? colour("panel") : paint;
  pen.fill();
  pen.lineWidth = 2;
  pen.strokeStyle = paint;
  pen.stroke();
  pen.fillStyle = answered ? paint : colour("p-ink");
  pen.font = "700 12px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(String(priority), 15, 12.5);
}

/** All marks side by side, and the ring below them. */
function sheet(): ImageData {
  const pen = canvas(SHEET.width, SHEET.height);
  for (let at = 0; at < PRIORITIES * 2; at += 1) {
    pen.save();
    pen.translate(at * SIDE, 0);
    drop(pen, (at >> 1) + 1, at % 2 === 1);
    pen.restore();
  }
  pen.translate(0, SIDE);
  pen.beginPath();
  pen.arc(RING / 2, RING / 2, 22, 0, Math.PI * 2);
  [pen.fillStyle, pen.strokeStyle, pen.lineWidth] = [colour("accent"), colour("accent"), 2];
  pen.globalAlpha = 0.25;
  pen.fill();
  pen.globalAlpha = 1;
  pen.stroke();
  return pixels(pen);
}

/** Smaller from afar. */
const size = (zoom: number): number => 0.75 + 0.25 * Math.max(0, Math.min(1, (zoom - 10) / 4));

export class IncidentMarks {
  private readonly marks: Sprites;
  private readonly rings: Sprites;
  private shown: readonly { incident: number; x: number; y: number }[] = [];

  constructor(gl: WebGL2RenderingContext, private readonly origin: readonly [number, number]) {
    [this.marks, this.rings] = [new Sprites(gl), new Sprites(gl)];
  }

  recolour(): void {
    const made = sheet();
    this.marks.picture(made);
    this.rings.picture(made);
  }

  /** Takes over what is to be marked, the undermost first. */
  mark(incidents: readonly Marked[]): void {
    const marks = new Float32Array(incidents.length * SPRITE);
    const rings: number[] = [];
    this.shown = incidents.map((one, index) => {
      const [x, y] = this.place(one.at);
      const column = (Math.max(1, Math.min(PRIORITIES, one.priority)) - 1) * 2 + (one.answered ? 1 : 0);
      const cut = [(column * SIDE) / SHEET.width, 0, SIDE / SHEET.width, SIDE / SHEET.height];
      marks.set([x, y, x, y, -SIDE / 2, -TIP, SIDE, SIDE, ...cut], index * SPRITE);
      if (one.chosen) rings.push(x, y, x, y, -RING / 2, -RING / 2, RING, RING, 0, SIDE / SHEET.height, RING / SHEET.width, RING / SHEET.height);
      return { incident: one.incident, x, y };
    });
    this.marks.fill(marks);
    this.rings.fill(new Float32Array(rings));
  }

  /** On the unit square of Web Mercator, from the origin. */
  private place([lon = 0, lat = 0]: readonly number[]): [number, number] {
    const sin = Math.sin((lat * Math.PI) / 180);
    return [lon / 360 + 0.5 - this.origin[0], 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI) - this.origin[1]];
  }

  draw(lie: Lie, zoom: number): void {
    this.rings.draw(lie, [{ picture: true }]);
    this.marks.draw({ ...lie, ratio: lie.ratio * size(zoom) }, [{ picture: true }]);
  }

  /** The uppermost one whose mark is at a point of the screen. */
  at(x: number, y: number, zoom: number, onScreen: (x: number, y: number) => readonly [number, number]): number | null {
    const near = 12 * size(zoom);
    for (const one of [...this.shown].reverse()) {
      const [px, py] = onScreen(one.x, one.y);
      if (Math.abs(x - px) <= near && y - py <= 4 && y - py >= -near - 16 * size(zoom)) return one.incident;
    }
    return null;
  }
}
