// Pictures of posts for the map, drawn here: nothing is fetched.
import type { Map as GlMap } from "maplibre-gl";
import { colour } from "../app/theme";

/** Dots of a picture to a CSS pixel. */
export const SCALE = 2;

export function canvas(width: number, height = width): CanvasRenderingContext2D {
  const made = document.createElement("canvas");
  [made.width, made.height] = [width * SCALE, height * SCALE];
  const context = made.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.scale(SCALE, SCALE);
  return context;
}

export function pixels(context: CanvasRenderingContext2D): ImageData {
  return context.getImageData(0, 0, context.canvas.width, context.canvas.height);
}

/** A house for a station, a box for a street station, a gate for a checkpoint, a pin point for standby. */
function post(kind: string, state: string): ImageData {
  const context = canvas(18);
  const paint = state === "closed" ? colour("ink-3") : colour("ink-2");
  context.lineWidth = 1.6;
  context.strokeStyle = paint;
  context.fillStyle = state === "reinforced" ? colour("warn") : colour("panel");
  context.beginPath();
  if (kind === "police_station") {
    context.moveTo(2, 9);
    context.lineTo(9, 2.5);
    context.lineTo(16, 9);
    context.lineTo(14, 9);
    context.lineTo(14, 15.5);
    context.lineTo(4, 15.5);
    context.lineTo(4, 9);
  } else if (kind === "checkpoint") {
    context.rect(3, 4, 12, 10);
    context.moveTo(3, 9);
    context.lineTo(15, 9);
  } else if (kind === "standby") {
    context.arc(9, 9, 4.5, 0, Math.PI * 2);
  } else {
    context.rect(3.5, 3.5, 11, 11);
  }
  context.closePath();
  context.fill();
  context.stroke();
  if (state === "closed") {
    context.beginPath();
    context.moveTo(3, 15);
    context.lineTo(15, 3);
    context.stroke();
  }
  return pixels(context);
}

export const postMark = (kind: string, state: string): string => `post-${kind}-${state}`;

const KINDS = ["police_station", "street_station", "checkpoint", "standby", "fire_station"];
const STATES = ["open", "reinforced", "closed"];

/** Gives the map every mark in the colours of the theme. */
export function addMarks(map: GlMap): void {
  const put = (name: string, image: ImageData) => {
    if (map.hasImage(name)) map.removeImage(name);
    map.addImage(name, image, { pixelRatio: SCALE });
  };
  for (const kind of KINDS) for (const state of STATES) put(postMark(kind, state), post(kind, state));
}

export const knownKind = (kind: string): string => (KINDS.includes(kind) ? kind : "street_station");
