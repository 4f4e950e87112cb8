// Going to a past moment: the board as it was then, from the record; and where units were, for who has a purpose.
import { signal } from "@preact/signals";
import { api, outcome, type Problem, type Schemas } from "../api/client";
import * as board from "../live/board";
import * as clock from "../live/clock";
import { past } from "../live/session";
import { stop } from "../live/stream";

export type Span = Schemas["SpanDoc"];

export const span = signal<Span | null>(null);
/** The instant that is shown. */
export const shown = signal<number | null>(null);
/** Seconds of the city in a second of the page; 0 is standing. */
export const pace = signal(0);
export const trouble = signal<Problem | null>(null);
/** The record the picture stands on, by number and hash. */
export const standsOn = signal<{ seq: number; hash: string } | null>(null);

export const PACES = [1, 10, 60, 300] as const;

let wanted: number | null = null;
let busy = false;

/** Shows a moment. Asked for several while one is on its way, the last is shown. */
export async function show(at: number): Promise<void> {
  wanted = at;
  shown.value = at;
  clock.hold(at);
  if (busy) return;
  busy = true;
  while (wanted !== null && past.value) {
    const now: number = wanted;
    wanted = null;
    const found = await outcome(api.GET("/api/v1/review/board", { params: { query: { at: new Date(now).toISOString() } } }));
    if (!past.value) break;
    trouble.value = found.ok ? null : found.problem;
    if (!found.ok) continue;
    board.load(found.value);
    const on = found.value.stands_on as { seq: number; hash: string };
    standsOn.value = { seq: on.seq, hash: on.hash };
  }
  busy = false;
}

let timer: ReturnType<typeof setInterval> | null = null;
const STEP = 500;

function step(): void {
  const end = span.value?.last ? Date.parse(span.value.last.at) : null;
  if (pace.value === 0 || shown.value === null || busy) return;
  const next = shown.value + (pace.value * STEP);
  if (end !== null && next >= end) pace.value = 0;
  void show(Math.min(next, end ?? next));
}

/** Leaves the live board for the past. */
export async function enter(at: number | null): Promise<void> {
  past.value = true;
  stop();
  timer ??= setInterval(step, STEP);
  const [time, found] = await Promise.all([outcome(api.GET("/api/v1/clock")), outcome(api.GET("/api/v1/review/span"))]);
  if (!past.value) return;
  if (time.ok) clock.set(time.value);
  trouble.value = found.ok ? null : found.problem;
  if (!found.ok) return;
  span.value = found.value;
  const last = found.value.last;
  const start = at ?? (last ? Date.parse(last.at) : null);
  if (start !== null) await show(start);
}

/** Leaves the past; whoever shows the live board starts it again. */
export function leave(): void {
  if (timer) clearInterval(timer);
  timer = null;
  pace.value = 0;
  past.value = false;
  span.value = null;
  shown.value = null;
  standsOn.value = null;
  trouble.value = null;
  tracks.value = null;
  board.clear();
}

/** Where units were, as it was looked up for an incident. */
export interface Tracks { incident: number; from: number; units: ReadonlyMap<number, readonly (readonly [ms: number, lon: number, lat: number])[]> }

export const tracks = signal<Tracks | null>(null);

/** Looks up where the units of an incident were, from a quarter of an hour before it to its end. That it was looked up is on record. */
export async function lookUpTracks(incident: number): Promise<Problem | null> {
  const one = board.incidents.value.get(incident);
  if (!one) return null;
  const from = Date.parse(one.opened) - 15 * 60_000;
  const end = Math.min(Date.parse(one.opened) + 6 * 3_600_000, span.value?.last ? Date.parse(span.value.last.at) : Number.POSITIVE_INFINITY);
  const body = { incident, purpose: "review", from: new Date(from).toISOString(), until: new Date(end).toISOString(), every_ms: 5_000 };
  const found = await outcome(api.POST("/api/v1/review/tracks", { body }));
  if (!found.ok) return found.problem;
  const units = new Map(found.value.tracks.map((track) => [track.unit, track.fixes.map(([ms = 0, lon = 0, lat = 0]) => [ms, lon / 1e7, lat / 1e7] as const)] as const));
  tracks.value = { incident, from: Date.parse(found.value.from), units };
  return null;
}
