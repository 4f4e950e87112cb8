// Entering what was on paper: the same orders as ever, with the instant at which it happened.
import { api, persist, type Outcome } from "../api/client";

export type Step = "intake" | "dispatch" | "acknowledge" | "en-route" | "on-scene" | "clear" | "note" | "resolve";

/** Which of the fields a step needs besides the time. */
export const NEEDS: Record<Step, readonly ("incident" | "unit" | "type" | "place" | "text" | "disposition")[]> = {
  intake: ["type", "place", "text"],
  dispatch: ["incident", "unit"],
  acknowledge: ["incident", "unit"],
  "en-route": ["incident", "unit"],
  "on-scene": ["incident", "unit"],
  clear: ["incident", "unit"],
  note: ["incident", "text"],
  resolve: ["incident", "disposition"],
};

export interface Entry {
  step: Step; happened_at: string; incident: number; unit: number; kind: string; at: [number, number]; text: string; disposition: string;
}

const keyed = (key: string) => ({ "Idempotency-Key": key });

/** Gives an entry to the server; what it answers tells the number of a new incident. */
export function enter(entry: Entry): Promise<Outcome<{ incident?: number | null }>> {
  const { step, happened_at, incident, unit, kind, at, text, disposition } = entry;
  return persist((key) => {
    const one = { params: { path: { incident }, header: keyed(key) } };
    const both = { params: { path: { incident, unit }, header: keyed(key) } };
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
      case "resolve": return api.POST("/api/v1/incidents/{incident}/resolve", { ...one, body: { disposition, happened_at } });
    }
  });
}
