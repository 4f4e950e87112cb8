// Entries about checkpoints, and what is asked of one: what was counted, and how many lanes at which hour.
import { api, outcome, persist, type Outcome, type Schemas } from "../api/client";
import { done, failed } from "../kit/toasts";
import { CHECKPOINT as C } from "../words/checkpoints";
import { say, type Pair } from "../words/say";

export type Count = Schemas["CountDoc"];
export type LanesPlan = Schemas["LanesPlanDoc"];

const keyed = (post: number, k: string) => ({ path: { post }, header: { "Idempotency-Key": k } });

function told(found: Outcome<unknown>, says: Pair, name: string): boolean {
  if (found.ok) done(say(says, { post: name }));
  else failed(found.problem);
  return found.ok;
}

export const man = async (post: number, name: string, body: Schemas["LanesBody"]): Promise<boolean> =>
  told(await persist((k) => api.POST("/api/v1/checkpoints/{post}/lanes", { params: keyed(post, k), body })), C.manned, name);

export const enter = async (post: number, name: string, body: Schemas["CountBody"]): Promise<boolean> =>
  told(await persist((k) => api.POST("/api/v1/checkpoints/{post}/counts", { params: keyed(post, k), body })), C.entered, name);

/** All entries at hand, the last first. */
export async function counts(post: number): Promise<Outcome<Count[]>> {
  const found = await outcome(api.GET("/api/v1/checkpoints/{post}/counts", { params: { path: { post }, query: { limit: 200 } } }));
  return found.ok ? { ok: true, value: [...found.value.items].reverse() } : found;
}

export const lanes = (post: number, wait_ms: number): Promise<Outcome<LanesPlan>> =>
  outcome(api.GET("/api/v1/checkpoints/{post}/lanes", { params: { path: { post }, query: { wait_ms } } }));
