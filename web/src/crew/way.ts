// The way to the task, street by street; where there is no answer, how far it is as the crow flies, and called so.
import { signal } from "@preact/signals";
import { api, outcome, type Schemas } from "../api/client";
import { unit } from "./duty";
import { within } from "./patience";

export type Way = Schemas["WayDoc"];

/** The last way that was found, and to which incident. */
export const way = signal<{ incident: number; way: Way; asked: number } | null>(null);

let asking: number | null = null;

/** Asks for the way of one's own unit: the server knows where that is, by what it shares. */
export async function find(incident: number): Promise<void> {
  const mine = unit.peek();
  if (mine === null || asking === incident) return;
  asking = incident;
  const body = { from: { unit: mine }, to: { incident } };
  const found = await outcome(api.POST("/api/v1/routes", { body, signal: within(12_000) }));
  asking = null;
  if (found.ok) way.value = { incident, way: found.value, asked: performance.now() };
  else if (found.problem.status !== 0 && way.value?.incident !== incident) way.value = null;
}

export const forget = (): void => {
  way.value = null;
};
