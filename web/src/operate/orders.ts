// Orders of the console to the server. Each says what came of it, and is asked again by itself while the line is down.
import { api, outcome, persist, type Outcome } from "../api/client";
import type { ClockName, Recommendation } from "../api/documents";
import { units } from "../live/board";
import { done, failed } from "../kit/toasts";
import { ALARM, SHEET } from "../words/operate";
import { say } from "../words/say";
import { duration } from "../words/time";

export const numbered = (incident: number): string => `#${incident}`;
export const called = (unit: number): string => units.value.get(unit)?.call_sign ?? String(unit);

async function told<T>(found: Promise<Outcome<T>>, says?: string): Promise<T | null> {
  const result = await found;
  if (!result.ok) {
    failed(result.problem);
    return null;
  }
  if (says) done(says);
  return result.value;
}


const keyed = (k: string) => ({ "Idempotency-Key": k });

export type Step = "acknowledge" | "en-route" | "on-scene" | "clear" | "on-view";

/** Sends a unit; `recommendation` has what was compared put on record. */
export function dispatch(incident: number, unit: number, recommendation: string | null) {
  const says = say(SHEET.sent, { unit: called(unit), n: numbered(incident) });
  return told(
    persist((k) => api.POST("/api/v1/incidents/{incident}/assignments", { params: { path: { incident }, header: keyed(k) }, body: { unit, recommendation } })),
    says,
  );
}

export function step(incident: number, unit: number, what: Step) {
  const ask = (k: string) => {
    const more = { params: { path: { incident, unit }, header: keyed(k) } };
    switch (what) {
      case "acknowledge": return api.POST("/api/v1/incidents/{incident}/assignments/{unit}/acknowledge", { ...more, body: {} });
      case "en-route": return api.POST("/api/v1/incidents/{incident}/assignments/{unit}/en-route", { ...more, body: {} });
      case "on-scene": return api.POST("/api/v1/incidents/{incident}/assignments/{unit}/on-scene", { ...more, body: {} });
      case "on-view": return api.POST("/api/v1/incidents/{incident}/assignments/{unit}/on-view", { ...more, body: {} });
      case "clear": return api.POST("/api/v1/incidents/{incident}/assignments/{unit}/clear", { ...more, body: {} });
    }
  };
  return told(persist(ask));
}

export function recall(incident: number, unit: number, reason: string) {
  return told(persist((k) => api.POST("/api/v1/incidents/{incident}/assignments/{unit}/recall", { params: { path: { incident, unit }, header: keyed(k) }, body: { reason } })));
}

export function resolve(incident: number, disposition: string) {
  return told(
    persist((k) => api.POST("/api/v1/incidents/{incident}/resolve", { params: { path: { incident }, header: keyed(k) }, body: { disposition } })),
    say(SHEET.closed, { n: numbered(incident) }),
  );
}

export function cancel(incident: number, reason: string) {
  return told(
    persist((k) => api.POST("/api/v1/incidents/{incident}/cancel", { params: { path: { incident }, header: keyed(k) }, body: { reason } })),
    say(SHEET.cancelled, { n: numbered(incident) }),
  );
}

export function reopen(incident: number, reason: string) {
  return told(persist((k) => api.POST("/api/v1/incidents/{incident}/reopen", { params: { path: { incident }, header: keyed(k) }, body: { reason } })));
}

export function regrade(incident: number, kind: string, priority: number, reason: string) {
  return told(
    persist((k) => api.POST("/api/v1/incidents/{incident}/regrade", { params: { path: { incident }, header: keyed(k) }, body: { kind, priority, reason } })),
    say(SHEET.regraded),
  );
}

export function move(incident: number, at: [number, number]) {
  return told(
    persist((k) => api.POST("/api/v1/incidents/{incident}/move", { params: { path: { incident }, header: keyed(k) }, body: { at, area: null, address: null } })),
    say(SHEET.moved),
  );
}

export function note(incident: number, text: string) {
  return told(
    persist((k) => api.POST("/api/v1/incidents/{incident}/notes", { params: { path: { incident }, header: keyed(k) }, body: { text } })),
    say(SHEET.noted),
  );
}

export function hazard(incident: number, code: string, there: boolean) {
  return told(
    persist((k) => {
      const more = { params: { path: { incident }, header: keyed(k) }, body: { hazard: code } };
      return there ? api.POST("/api/v1/incidents/{incident}/hazards", more) : api.POST("/api/v1/incidents/{incident}/hazards/clear", more);
    }),
  );
}

export function merge(incident: number, into: number) {
  return told(
    persist((k) => api.POST("/api/v1/incidents/{incident}/merge", { params: { path: { incident }, header: keyed(k) }, body: { into } })),
    say(SHEET.merged, { n: numbered(incident), into: numbered(into) }),
  );
}

export function unmerge(incident: number) {
  return told(persist((k) => api.POST("/api/v1/incidents/{incident}/unmerge", { params: { path: { incident }, header: keyed(k) }, body: {} })));
}

export function dismiss(incident: number, of: number) {
  return told(persist((k) => api.POST("/api/v1/incidents/{incident}/dismiss-duplicate", { params: { path: { incident }, header: keyed(k) }, body: { other: of } })));
}

export function link(incident: number, other: number) {
  return told(persist((k) => api.POST("/api/v1/incidents/{incident}/link", { params: { path: { incident }, header: keyed(k) }, body: { other } })));
}

export function out(unit: number, reason: string) {
  return told(persist((k) => api.POST("/api/v1/units/{unit}/out", { params: { path: { unit }, header: keyed(k) }, body: { reason } })));
}

export function back(unit: number) {
  return told(persist((k) => api.POST("/api/v1/units/{unit}/back", { params: { path: { unit }, header: keyed(k) }, body: {} })));
}

export function endTour(shift: number) {
  return told(persist((k) => api.POST("/api/v1/shifts/{shift}/end", { params: { path: { shift }, header: keyed(k) }, body: {} })));
}

export function sos(unit: number) {
  return told(persist((k) => api.POST("/api/v1/units/{unit}/sos", { params: { path: { unit }, header: keyed(k) }, body: { at: null } })));
}

export function closeSos(number: number, how: string) {
  return told(persist((k) => api.POST("/api/v1/sos/{sos}/close", { params: { path: { sos: number }, header: keyed(k) }, body: { outcome: how } })));
}

/** How long an answered clock stays quiet. */
const HOLD = { unanswered: 60_000, unacknowledged: 60_000, overdue: 300_000, welfare: 300_000, sos: 60_000 };

export const clockKind = (clock: ClockName): keyof typeof HOLD => Object.keys(clock)[0] as keyof typeof HOLD;
export const clockOf = (clock: ClockName): number => Object.values(clock)[0] as number;

export function answer(clock: ClockName) {
  const hold = HOLD[clockKind(clock)];
  return told(
    persist((k) => api.POST("/api/v1/clocks/answer", { params: { header: keyed(k) }, body: { clock, hold_ms: hold } })),
    say(ALARM.answered, { for: duration(hold) }),
  );
}

export interface Wanted {
  kind: string; at: [number, number]; priority: number | null; source: string; address: string; text: string; hazards: string[]; name: string; number: string;
}

/** Takes an incident in, and gives its number. */
export async function takeIn(wanted: Wanted): Promise<number | null> {
  const { kind, at, priority, source, address, text, hazards, name, number } = wanted;
  const contact = name || number ? { name: name || null, number: number || null } : null;
  const body = { kind, at, priority, source, address: address || null, text: text || null, hazards, contact, area: null, reported: null };
  const found = await told(persist((k) => api.POST("/api/v1/incidents", { params: { header: keyed(k) }, body })));
  return found?.incident ?? null;
}

export type Ask = { incident: number } | { at: [number, number]; kind: string; priority: number | null };

/** Asks whom to send. */
export function recommend(asked: Ask, most = 8): Promise<Outcome<Recommendation>> {
  return outcome(api.POST("/api/v1/recommendations", { body: { ...asked, most } }));
}

/** Sends those a recommendation chose, one after the other, each with what was compared. */
export async function sendRecommended(incident: number): Promise<void> {
  const found = await recommend({ incident });
  if (!found.ok) return failed(found.problem);
  for (const unit of found.value.chosen) await dispatch(incident, unit, found.value.id);
  if (found.value.chosen.length === 0) failed(say(SHEET.none));
}
