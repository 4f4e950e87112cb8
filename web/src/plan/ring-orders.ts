// Orders about rings, and what is asked before one is kept.
import { api, outcome, persist, type Schemas } from "../api/client";
import type { Ring } from "../api/documents";
import { done, failed } from "../kit/toasts";
import { RING } from "../words/plan";
import { named, say } from "../words/say";

export type Crossings = Schemas["CrossingsDoc"];
export type Crossing = Schemas["CrossingDoc"];
export type Readiness = Schemas["ReadinessDoc"];

const keyed = (k: string) => ({ "Idempotency-Key": k });

export const findCrossings = (body: Schemas["AskCrossings"]) => outcome(api.POST("/api/v1/rings/crossings", { body }));

export const readiness = (ring: number) => outcome(api.GET("/api/v1/rings/{ring}/readiness", { params: { path: { ring } } }));

export async function define(body: Schemas["RingBody"]): Promise<number | null> {
  const found = await persist((k) => api.POST("/api/v1/rings", { params: { header: keyed(k) }, body }));
  if (found.ok) done(say(RING.saved));
  else failed(found.problem);
  return found.ok ? (found.value.ring ?? null) : null;
}

export async function activate(ring: Ring, level: string, reason: string, approval: Schemas["ApprovalBody"]): Promise<boolean> {
  const params = (k: string) => ({ path: { ring: ring.ring }, header: keyed(k) });
  const found = await persist((k) => api.POST("/api/v1/rings/{ring}/activate", { params: params(k), body: { level, reason, approval } }));
  if (found.ok) done(say(RING.activated, { ring: named(ring.name) }));
  else failed(found.problem);
  return found.ok;
}

export async function standDown(ring: Ring, reason: string): Promise<void> {
  const params = (k: string) => ({ path: { ring: ring.ring }, header: keyed(k) });
  const found = await persist((k) => api.POST("/api/v1/rings/{ring}/stand-down", { params: params(k), body: { reason } }));
  if (found.ok) done(say(RING.stoodDown, { ring: named(ring.name) }));
  else failed(found.problem);
}

export async function retire(ring: Ring, reason: string): Promise<boolean> {
  const params = (k: string) => ({ path: { ring: ring.ring }, header: keyed(k) });
  const found = await persist((k) => api.POST("/api/v1/rings/{ring}/retire", { params: params(k), body: { reason } }));
  if (found.ok) done(say(RING.retired, { ring: named(ring.name) }));
  else failed(found.problem);
  return found.ok;
}
