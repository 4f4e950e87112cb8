// Sealing off: what is asked, and the plan as the server makes it anew each second while it is looked at.
import { effect, signal } from "@preact/signals";
import { api, outcome, type Problem, type Schemas } from "../api/client";
import { line } from "../live/stream";

export type Seal = Schemas["SealDoc"];
export type SealPoint = Schemas["SealPointDoc"];

export interface Seen { at: [number, number]; when: string; sure: boolean }

/** What is asked; `left` is none for as the incident says. */
export interface Asked {
  incident: number;
  travels: "car" | "foot";
  left: string | null;
  seen: readonly Seen[];
  minutes: number;
  preEmpt: boolean;
  anyWay: boolean;
}

export const asked = signal<Asked | null>(null);
export const seal = signal<Seal | null>(null);
export const fault = signal<Problem | null>(null);

/** After a fault it is asked again by itself. */
const AGAIN = 3_000;

export function openSeal(incident: number): void {
  seal.value = null;
  fault.value = null;
  asked.value = { incident, travels: "car", left: null, seen: [], minutes: 10, preEmpt: false, anyWay: false };
}

export function closeSeal(): void {
  asked.value = null;
  seal.value = null;
  fault.value = null;
}

export function change(to: Partial<Asked>): void {
  if (asked.value) asked.value = { ...asked.value, ...to };
}

let turn = 0;
let stream: EventSource | null = null;

/** Asks once, then follows what was asked. */
async function follow(mine: number, wanted: Asked): Promise<void> {
  const { incident, travels, left, seen, minutes, preEmpt, anyWay } = wanted;
  const body = { incident, at: null, left, travels, seen: [...seen], set_up_ms: null, pace: null, any_way: anyWay, minutes, pre_empt: preEmpt };
  const found = await outcome(api.POST("/api/v1/containments/preview", { body }));
  if (mine !== turn) return;
  fault.value = found.ok ? null : found.problem;
  const again = () => setTimeout(() => mine === turn && void follow(mine, wanted), AGAIN);
  if (!found.ok) return void again();
  seal.value = found.value;
  stream = new EventSource(`/api/v1/containments/live?preview=${encodeURIComponent(found.value.id)}`);
  stream.addEventListener("plan", (event) => {
    if (mine === turn) seal.value = JSON.parse(event.data as string) as Seal;
  });
  stream.addEventListener("over", (event) => {
    stream?.close();
    if (mine !== turn) return;
    fault.value = JSON.parse(event.data as string) as Problem;
    again();
  });
}

effect(() => {
  const wanted = asked.value;
  const live = line.value.state === "live";
  turn += 1;
  stream?.close();
  stream = null;
  if (wanted && live) void follow(turn, wanted);
});
