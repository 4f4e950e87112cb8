// What a crew can do, as it is kept until it is sent: what it is, and which door it goes through.
import type { At } from "../api/documents";

export type Stage = "dispatched" | "acknowledged" | "en_route" | "on_scene" | "transporting" | "ended";
export type StepName = "acknowledge" | "en_route" | "on_scene" | "transport" | "clear" | "decline";

export type Deed =
  | { deed: "sos"; unit: number; at: At | null }
  | { deed: "step"; incident: number; unit: number; step: StepName; reason?: string; to?: { post: number } | { site: number } }
  | { deed: "well"; unit: number; hold_ms: number }
  | { deed: "out"; unit: number; reason: string }
  | { deed: "back"; unit: number }
  | { deed: "end"; shift: number }
  | { deed: "report"; kind: string; at: At; text: string | null }
  | { deed: "on_view"; unit: number }
  | { deed: "photo"; photo: Blob };

export interface Entry {
  /** Its place in the line: later ones are greater. */
  id: string;
  /** Whose it is: nobody else's session sends it. */
  staff: string;
  /** The key under which it has effect once. */
  key: string;
  /** The instant it was done, in the city's time. */
  at: number;
  deed: Deed;
  /** The entry whose incident it is about. */
  after?: string;
  /** The incident, once that entry was answered. */
  incident?: number;
  /** Why the server refused it; it is shown until somebody has seen it. */
  refused?: string;
  tries: number;
}

/** Where each stage is told; the doors that take an instant do so because a phone may tell it late. */
const STEPS: Record<StepName, { path: string; stage: Stage; timed: boolean }> = {
  acknowledge: { path: "acknowledge", stage: "acknowledged", timed: true },
  en_route: { path: "en-route", stage: "en_route", timed: true },
  on_scene: { path: "on-scene", stage: "on_scene", timed: true },
  transport: { path: "transport", stage: "transporting", timed: false },
  clear: { path: "clear", stage: "ended", timed: false },
  decline: { path: "decline", stage: "ended", timed: false },
};

export const stageOf = (step: StepName): Stage => STEPS[step].stage;

export interface Asked { path: string; body: unknown }

/** Told so soon after it was done that the server's own clock says it better. */
const SOON = 3_000;

const incidents = "/api/v1/incidents";

function step(entry: Entry, deed: Extract<Deed, { deed: "step" }>, now: number): Asked {
  const { path, timed } = STEPS[deed.step];
  const late = now - entry.at > SOON;
  const body = timed
    ? { at: late ? new Date(entry.at).toISOString() : null }
    : deed.step === "decline"
      ? { reason: deed.reason }
      : deed.step === "transport"
        ? { post: null, site: null, ...deed.to }
        : {};
  return { path: `${incidents}/${deed.incident}/assignments/${deed.unit}/${path}`, body };
}

/** The request an entry is. */
export function asked(entry: Entry, now: number): Asked {
  const { deed } = entry;
  switch (deed.deed) {
    case "sos":
      return { path: `/api/v1/units/${deed.unit}/sos`, body: { at: deed.at } };
    case "step":
      return step(entry, deed, now);
    case "well":
      return { path: "/api/v1/clocks/answer", body: { clock: { welfare: deed.unit }, hold_ms: deed.hold_ms } };
    case "out":
      return { path: `/api/v1/units/${deed.unit}/out`, body: { reason: deed.reason } };
    case "back":
      return { path: `/api/v1/units/${deed.unit}/back`, body: {} };
    case "end":
      return { path: `/api/v1/shifts/${deed.shift}/end`, body: {} };
    case "report": {
      const { kind, at, text } = deed;
      return { path: incidents, body: { source: "patrol", reported: new Date(entry.at).toISOString(), kind, at, text } };
    }
    case "on_view":
      return { path: `${incidents}/${entry.incident}/assignments/${deed.unit}/on-view`, body: {} };
    case "photo":
      return { path: `${incidents}/${entry.incident}/media`, body: deed.photo };
  }
}

/** What goes next: the oldest call for help, or the oldest other deed that waits for nothing else. */
export function next(entries: readonly Entry[], urgent: boolean): Entry | undefined {
  const waiting = entries.filter((one) => one.refused === undefined && (one.deed.deed === "sos") === urgent);
  return waiting.find((one) => one.after === undefined || one.incident !== undefined);
}

/** The entries that hang on one: if it is not done, they cannot be. */
export const hanging = (entries: readonly Entry[], on: Entry): Entry[] => entries.filter((one) => one.after === on.id);
