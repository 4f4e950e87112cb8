// The ways of units to the incident that is looked at, with the time each still needs. Asked anew every few seconds, of few units.
import { computed, effect, signal } from "@preact/signals";
import type { Schemas } from "../api/client";
import { api, outcome } from "../api/client";
import { chosen } from "../map/state";
import { incidents, units } from "./board";
import { now } from "./clock";
import { past } from "./session";

export type Way = Schemas["WayDoc"];

/** By unit: the way, and the instant it was reckoned at. */
export const ways = signal<ReadonlyMap<number, { way: Way; at: number }>>(new Map());

const EVERY = 8_000;
const MOST = 6;
/** Units that are on their way, or are to set out. */
const GOING = new Set(["dispatched", "acknowledged", "en_route"]);

/** Whom to ask for: units going to the incident that is chosen, or the unit that is chosen. */
const wanted = computed<readonly [unit: number, incident: number][]>(() => {
  const thing = past.value ? null : chosen.value;
  if (thing && "incident" in thing) {
    const tasks = incidents.value.get(thing.incident)?.assignments ?? [];
    return tasks.filter((task) => GOING.has(task.stage)).slice(0, MOST).map((task) => [task.unit, thing.incident]);
  }
  if (thing && "unit" in thing) {
    const unit = units.value.get(thing.unit);
    if (unit?.incident != null && GOING.has(unit.status)) return [[unit.unit, unit.incident]];
  }
  return [];
});

let turn = 0;

async function load(mine: number, of: readonly [number, number][]): Promise<void> {
  const found = await Promise.all(
    of.map(async ([unit, incident]) => [unit, await outcome(api.POST("/api/v1/routes", { body: { from: { unit }, to: { incident } } }))] as const),
  );
  if (mine !== turn) return;
  const at = now();
  ways.value = new Map(found.flatMap(([unit, result]) => (result.ok ? [[unit, { way: result.value, at }] as const] : [])));
  setTimeout(() => mine === turn && void load(mine, of), EVERY);
}

let last = "";

effect(() => {
  const of = wanted.value;
  const key = JSON.stringify(of);
  if (key === last) return;
  last = key;
  turn += 1;
  if (of.length === 0) ways.value = new Map();
  else void load(turn, of);
});

/** When a unit is there, as far as its way tells. */
export function arrival(unit: number): number | null {
  const known = ways.value.get(unit);
  return known ? known.at + known.way.travel_ms : null;
}
