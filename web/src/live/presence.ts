// Where units have been in the last hours: how often each street in sight was passed, and which hot spots wait for a visit. Followed while
// it is shown; it tells of streets and places, never of a unit.
import { effect, signal } from "@preact/signals";
import { api, outcome, type Problem, type Schemas } from "../api/client";
import { map, presenceShown } from "../map/state";
import { now } from "./clock";
import { has, past } from "./session";
import { line } from "./stream";

export type Spot = Schemas["HotSpotDoc"];
type Streets = Schemas["PresenceStreetsDoc"];

/** Whose figures these are. */
export const mayPresence = (): boolean => !past.value && has("dispatcher", "duty_officer", "commander", "planner", "auditor");

/** Hours that can be looked back over, the first of them at the start. */
export const SPANS = [1, 4, 12, 24] as const;
export const spanHours = signal<number>(SPANS[1]);

export const streets = signal<Streets | null>(null);
export const spots = signal<readonly Spot[] | null>(null);
/** How much of the time is known, in parts of 10,000. */
export const known = signal<number | null>(null);
/** Why there are no streets: what is in sight may be more than is told at once. */
export const trouble = signal<Problem | null>(null);

/** Hours are counted minute by minute, and read from the disk. */
const EVERY = 20_000;
/** The map has to be at rest for as long before it is asked for anew. */
const REST = 400;

let timer: ReturnType<typeof setTimeout> | null = null;
let turn = 0;

async function load(): Promise<void> {
  const gl = map.peek()?.gl;
  const own = ++turn;
  if (!gl) {
    timer = setTimeout(() => void load(), REST);
    return;
  }
  const box = gl.getBounds();
  const from = new Date(now() - spanHours.peek() * 3_600_000).toISOString();
  const bbox = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((each) => each.toFixed(6)).join(",");
  const [passed, visited] = await Promise.all([
    outcome(api.GET("/api/v1/presence/streets", { params: { query: { from, bbox } } })),
    outcome(api.GET("/api/v1/hotspots", { params: { query: { from } } })),
  ]);
  if (own !== turn || !presenceShown.peek()) return;
  trouble.value = passed.ok ? (visited.ok ? null : visited.problem) : passed.problem;
  streets.value = passed.ok ? passed.value : null;
  if (visited.ok) {
    spots.value = visited.value.spots;
    known.value = visited.value.hours.completeness ?? null;
  }
  timer = setTimeout(() => void load(), EVERY);
}

function again(after = REST): void {
  if (timer) clearTimeout(timer);
  timer = setTimeout(() => void load(), after);
}

const moved = () => again();

effect(() => {
  const gl = map.value?.gl;
  if (presenceShown.value && line.value.state === "live" && mayPresence()) {
    void spanHours.value;
    gl?.on("moveend", moved);
    again(0);
    return () => gl?.off("moveend", moved);
  }
  if (timer) clearTimeout(timer);
  timer = null;
  turn += 1;
  if (!presenceShown.value || past.value) {
    streets.value = null;
    spots.value = null;
    known.value = null;
    trouble.value = null;
  }
  return undefined;
});

/** How a street was passed, from never to often: a band of the map's. */
export const band = (passes: number): 0 | 1 | 2 | 3 => (passes === 0 ? 0 : passes < 3 ? 1 : passes < 10 ? 2 : 3);
