// What is chosen, pointed at and overlaid on the map; who shows it and who changes it know each other only through here.
import { computed, signal } from "@preact/signals";
import type { Map as GlMap } from "maplibre-gl";

/** Something on the map. */
export type Thing = { incident: number } | { unit: number } | { post: number };

export const chosen = signal<Thing | null>(null);
export const hovered = signal<Thing | null>(null);
/** Somebody waits for a place to be pointed at. */
export const pick = signal<((at: [number, number]) => void) | null>(null);
/** A place that is being considered, such as that of an intake. */
export const considered = signal<[number, number] | null>(null);
/** Where units were at the past moment that is shown, if their tracks were looked up; and the tracks themselves. */
export const replayed = signal<{ units: Uint32Array; places: (readonly [number, number])[] } | null>(null);
export const tracked = signal<readonly (readonly (readonly [number, number])[])[]>([]);
/** A line that is drawn or looked at, and where roads cross it: those with a checkpoint, and gaps. */
export const lined = signal<{ line: readonly (readonly number[])[]; crossings: readonly { at: readonly number[]; manned: boolean }[] } | null>(null);
/** Outlines of what a plan that is looked at would reach, the nearest first; they take the place of those of free units. */
export const plannedReach = signal<readonly { geometry: unknown; properties: { minutes: number } }[] | null>(null);
/** Whether the overlay of reach is shown. */
export const reachShown = signal(false);
/** Whether it is shown which streets were passed, and which hot spots wait for a visit. */
export const presenceShown = signal(false);
/** Whether the outlines of areas are shown. */
export const areasShown = signal(false);

export const chosenIncident = computed(() => (chosen.value && "incident" in chosen.value ? chosen.value.incident : null));
export const chosenUnit = computed(() => (chosen.value && "unit" in chosen.value ? chosen.value.unit : null));

/** The map there is, once it is there. */
export const map = signal<{ gl: GlMap; where: (unit: number) => { at: [number, number]; age: number } | null } | null>(null);

/** Where the map was last moved to, and whether it still has to come there. */
let aim: { at: [number, number]; zoom: number; underWay: boolean } | null = null;

/** How far from the edge something has to be to be seen. */
const EDGE = 24;

function inSight(gl: GlMap, at: [number, number]): boolean {
  const { x, y } = gl.project(at);
  const box = gl.getContainer();
  return x >= EDGE && y >= EDGE && x <= box.clientWidth - EDGE && y <= box.clientHeight - EDGE;
}

function fly(gl: GlMap, to: NonNullable<typeof aim>): void {
  to.underWay = true;
  gl.easeTo({ center: to.at, zoom: Math.max(to.zoom, gl.getZoom()), duration: 350 });
}

/** Moves the map so that a place is in sight; no farther and no closer than needed. */
export function show(at: [number, number], zoom = 15): void {
  const gl = map.value?.gl;
  if (!gl) return;
  aim = { at, zoom, underWay: false };
  if (!inSight(gl, at) || gl.getZoom() < zoom - 2) fly(gl, aim);
}

/**
 * Sees to it that the map arrives. A sheet that opens makes the map narrower, which stops it on its way and may hide what was in sight: it goes
 * on from there, until it is where it should be or somebody moves it by hand.
 */
export function keepInSight(gl: GlMap): void {
  gl.on("resize", () => {
    if (aim && (aim.underWay || !inSight(gl, aim.at))) fly(gl, aim);
  });
  gl.on("moveend", () => {
    if (aim && !gl.isMoving() && gl.project(aim.at).dist(gl.project(gl.getCenter())) < 2) aim.underWay = false;
  });
  gl.on("movestart", (event) => {
    if ("originalEvent" in event && event.originalEvent) aim = null;
  });
}
