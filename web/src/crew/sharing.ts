// Where the unit is: shared while a crew is on a tour and never else, as often as it moves, several places at once after a gap.
import { effect, signal } from "@preact/signals";
import { api, outcome, type Schemas } from "../api/client";
import type { At } from "../api/documents";
import { now, speed } from "../live/clock";
import { session } from "../live/session";
import { look, onDuty, tour } from "./duty";
import { within } from "./patience";

type OwnFix = Schemas["OwnFix"];

/** `time` is by the phone's own calendar: how old a place is, is a matter of the phone alone. */
export interface Here { at: At; accuracy: number; time: number }

/** How sharing is. */
export type Sharing =
  | { on: false; why: "off_duty" | "no_device" | "insecure" | "denied" }
  | { on: true; fix: Here | null; failing: boolean };

export const sharing = signal<Sharing>({ on: false, why: "off_duty" });
/** Places that are not sent yet. */
export const unsent = signal(0);

/** Where one is, if that is known of late; only while it is shared. */
export const here = (within = 120_000): Here | null => {
  const state = sharing.value;
  return state.on && state.fix && Date.now() - state.fix.time <= within ? state.fix : null;
};

/** A fix is kept if the unit moved so far, or after so long. */
const MOVED_M = 15;
const STILL_MS = 20_000;
const SOONEST_MS = 3_000;
/** Places kept while there is no line; of more, every other one goes. */
const MOST = 400;
/** Places sent at once. */
const AT_ONCE = 100;

const EARTH = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Metres between two places as the crow flies (haversine). */
export function apart([lon1, lat1]: At, [lon2, lat2]: At): number {
  const half = (a: number) => Math.sin(a / 2) ** 2;
  const a = half(radians(lat2 - lat1)) + Math.cos(radians(lat1)) * Math.cos(radians(lat2)) * half(radians(lon2 - lon1));
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(a)));
}

let buffer: OwnFix[] = [];
let lastKept: Here | null = null;
let watching: number | null = null;
let anew: ReturnType<typeof setTimeout> | undefined;
let beat: ReturnType<typeof setInterval> | undefined;
let sending = false;
let timer: ReturnType<typeof setTimeout> | undefined;

const whole = (value: number | null, scale: number, most: number): number | null =>
  value === null || Number.isNaN(value) || value < 0 ? null : Math.min(most, Math.round(value * scale));

/** A place by the phone, its instant by the city's time; a drill's time runs faster. */
function fixOf({ coords, timestamp }: GeolocationPosition): { fix: OwnFix; here: Here } {
  const old = Math.max(0, Date.now() - timestamp);
  const time = now() - old * speed.value;
  const at: At = [Number(coords.longitude.toFixed(7)), Number(coords.latitude.toFixed(7))];
  const accuracy = Math.max(1, Math.round(coords.accuracy));
  const fix: OwnFix = {
    at, time: new Date(time).toISOString(), accuracy_m: accuracy,
    speed_cm_s: whole(coords.speed, 100, 65_534), heading_cdeg: whole(coords.heading, 100, 35_999), sos: false,
  };
  return { fix, here: { at, accuracy, time: Date.now() - old } };
}

function worth(next: Here): boolean {
  if (!lastKept) return true;
  const since = next.time - lastKept.time;
  if (since < SOONEST_MS) return false;
  return since >= STILL_MS || apart(lastKept.at, next.at) >= Math.max(MOVED_M, next.accuracy / 2);
}

/** Where somebody was before the tour began is nobody's business, though the phone may remember it. */
const before = (fix: OwnFix): boolean => Date.parse(fix.time) < Date.parse(tour.peek()?.tour.began ?? "");

function take(position: GeolocationPosition): void {
  if (watching === null) return;
  const { fix, here: next } = fixOf(position);
  if (before(fix)) {
    clearTimeout(anew);
    anew = setTimeout(ask, SOONEST_MS);
    return;
  }
  sharing.value = { on: true, fix: next, failing: false };
  if (!worth(next)) return;
  lastKept = next;
  buffer.push(fix);
  if (buffer.length > MOST) buffer = buffer.filter((_, index) => index % 2 === 0);
  unsent.value = buffer.length;
  void send();
}

/** Comes again after a while. */
function later(ms: number): void {
  timer = setTimeout(() => void send(), ms);
}

/** The server's map may hear of a tour a moment after the tour began: so often it is told again. */
const EARLY_TRIES = 5;
let early = 0;

async function send(): Promise<void> {
  clearTimeout(timer);
  if (sending || buffer.length === 0 || watching === null || !session.value) return;
  sending = true;
  const batch = buffer.slice(0, AT_ONCE);
  const found = await outcome(api.POST("/api/v1/positions/own", { body: batch, signal: within(12_000) }));
  sending = false;
  if (!found.ok && (found.problem.status === 0 || found.problem.status === 401 || found.problem.status >= 429)) {
    later(5_000);
    return;
  }
  if (found.ok && found.value.left_out["off_duty"] && early < EARLY_TRIES) {
    early += 1;
    later(1_000);
    return;
  }
  early = 0;
  buffer = buffer.filter((fix) => !batch.includes(fix));
  unsent.value = buffer.length;
  if (!found.ok) void look();
  else if (buffer.length > 0) void send();
}

function fail(error: GeolocationPositionError): void {
  if (watching === null) return;
  if (error.code === error.PERMISSION_DENIED) {
    halt("denied");
    return;
  }
  const before = sharing.value;
  sharing.value = { on: true, fix: before.on ? before.fix : null, failing: true };
}

/** Asks where the phone is now. */
function ask(): void {
  if (watching !== null) navigator.geolocation.getCurrentPosition(take, () => {}, WISH);
}

const WISH: PositionOptions = { enableHighAccuracy: true, maximumAge: 0, timeout: 30_000 };

function begin(): void {
  if (watching !== null) return;
  if (!isSecureContext) sharing.value = { on: false, why: "insecure" };
  else if (!("geolocation" in navigator)) sharing.value = { on: false, why: "no_device" };
  else {
    sharing.value = { on: true, fix: null, failing: false };
    watching = navigator.geolocation.watchPosition(take, fail, WISH);
    // A phone that lies still may say nothing: it is asked, so that its place does not grow old.
    beat = setInterval(() => {
      if (!here(STILL_MS)) ask();
    }, STILL_MS);
  }
}

/** Stops at once: what is not sent yet is not sent any more. */
function halt(why: "off_duty" | "denied"): void {
  if (watching !== null) navigator.geolocation.clearWatch(watching);
  clearInterval(beat);
  for (const one of [timer, anew]) clearTimeout(one);
  watching = null;
  buffer = [];
  unsent.value = 0;
  lastKept = null;
  sharing.value = { on: false, why };
}

/** Asks anew: after a permission was given. */
export function retry(): void {
  if (onDuty.peek()) begin();
}

/** Shares while there is a tour. */
export function share(): () => void {
  void navigator.permissions?.query({ name: "geolocation" }).then((permission) => {
    permission.onchange = retry;
  }, () => {});
  return effect(() => {
    if (onDuty.value) begin();
    else halt("off_duty");
  });
}

addEventListener("online", () => void send());
