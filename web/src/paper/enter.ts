// Entering what was on paper: the same orders as ever, with the instant at which it happened.
import { api, persist, type Outcome } from "../api/client";
import type { Shift, Unit } from "../api/documents";
import { shifts } from "../live/board";

export type Step = "intake" | "dispatch" | "acknowledge" | "en-route" | "on-scene" | "clear" | "note" | "resolve" | "on-duty" | "off-duty";

/** Which of the fields a step needs besides the time. */
export const NEEDS: Record<Step, readonly ("incident" | "unit" | "tour" | "type" | "place" | "text" | "disposition")[]> = {
  intake: ["type", "place", "text"],
  dispatch: ["incident", "unit"],
  acknowledge: ["incident", "unit"],
  "en-route": ["incident", "unit"],
  "on-scene": ["incident", "unit"],
  clear: ["incident", "unit"],
  note: ["incident", "text"],
  resolve: ["incident", "disposition"],
  "on-duty": ["tour"],
  "off-duty": ["tour"],
};

/** The tour somebody means who writes that a unit went on or off duty at an instant: the one under way, or the planned one it fits best. */
export function tourOf(step: Step, unit: Unit, happened: number): Shift | null {
  const own = [...shifts.value.values()].filter((one) => one.unit === unit.unit);
  if (step === "off-duty") return own.find((one) => one.began != null) ?? null;
  const planned = own.filter((one) => one.began == null && Date.parse(one.ends) > happened);
  const off = (one: Shift) => Math.abs(Date.parse(one.starts) - happened);
  return planned.sort((a, b) => off(a) - off(b))[0] ?? null;
}

export interface Entry {
  step: Step; happened_at: string; incident: number; unit: number; shift: number; kind: string; at: [number, number]; text: string; disposition: string;
}

const keyed = (key: string) => ({ "Idempotency-Key": key });

/** Gives an entry to the server; what it answers tells the number of a new incident. */
export function enter(entry: Entry): Promise<Outcome<{ incident?: number | null }>> {
  const { step, happened_at, incident, unit, shift, kind, at, text, disposition } = entry;
  return persist((key) => {
    const one = { params: { path: { incident }, header: keyed(key) } };
    const both = { params: { path: { incident, unit }, header: keyed(key) } };
    const tour = { params: { path: { shift }, header: keyed(key) }, body: { happened_at } };
    switch (step) {
      case "intake":
        return api.POST("/api/v1/incidents", {
          params: { header: keyed(key) },
          body: { kind, at, source: "call", text: text || null, address: null, area: null, hazards: [], priority: null, reported: happened_at, contact: null, happened_at },
        });
      case "dispatch": return api.POST("/api/v1/incidents/{incident}/assignments", { ...one, body: { unit, recommendation: null, happened_at } });
      case "acknowledge": return api.POST("/api/v1/incidents/{incident}/assignments/{unit}/acknowledge", { ...both, body: { happened_at } });
      case "en-route": return api.POST("/api/v1/incidents/{incident}/assignments/{unit}/en-route", { ...both, body: { happened_at } });
      case "on-scene": return api.POST("/api/v1/incidents/{incident}/assignments/{unit}/on-scene", { ...both, body: { happened_at } });
      case "clear": return api.POST("/api/v1/incidents/{incident}/assignments/{unit}/clear", { ...both, body: { happened_at } });
      case "note": return api.POST("/api/v1/incidents/{incident}/notes", { ...one, body: { text, happened_at } });
      case "on-duty": return api.POST("/api/v1/shifts/{shift}/start", tour);
      case "off-duty": return api.POST("/api/v1/shifts/{shift}/end", tour);
      case "resolve": return api.POST("/api/v1/incidents/{incident}/resolve", { ...one, body: { disposition, happened_at } });
    }
  });
}
