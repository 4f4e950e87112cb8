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
/** Whether the outlines of areas are shown. */
export const areasShown = signal(false);

export const chosenIncident = computed(() => (chosen.value && "incident" in chosen.value ? chosen.value.incident : null));
export const chosenUnit = computed(() => (chosen.value && "unit" in chosen.value ? chosen.value.unit : null));

/** The map there is, once it is there. */
export const map = signal<{ gl: GlMap; where: (unit: number) => { at: [number, number]; age: number } | null } | null>(null);

/** Moves the map so that a place is in sight; no farther and no closer than needed. */
export function show(at: [number, number], zoom = 15): void {
  const gl = map.value?.gl;
  if (!gl) return;
  const near = gl.getBounds().contains(at) && gl.getZoom() >= zoom - 2;
  if (!near) gl.easeTo({ center: at, zoom: Math.max(zoom, gl.getZoom()), duration: 350 });
}
