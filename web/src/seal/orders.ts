// Orders to seal off, to plan it anew, to stand down.
import { api, persist, type Schemas } from "../api/client";
import { done, failed } from "../kit/toasts";
import { numbered } from "../operate/orders";
import { say } from "../words/say";
import { SEAL } from "../words/seal";

const keyed = (k: string) => ({ "Idempotency-Key": k });

type Approval = Schemas["ApprovalBody"];

export async function order(incident: number, preview: string, reason: string, approval: Approval): Promise<boolean> {
  const found = await persist((k) => api.POST("/api/v1/incidents/{incident}/containment", { params: { path: { incident }, header: keyed(k) }, body: { preview, reason, approval } }));
  if (found.ok) done(say(SEAL.ordered, { n: numbered(incident) }));
  else failed(found.problem);
  return found.ok;
}

export async function replan(containment: number, preview: string): Promise<void> {
  const params = (k: string) => ({ path: { containment }, header: keyed(k) });
  const found = await persist((k) => api.POST("/api/v1/containments/{containment}/replan", { params: params(k), body: { preview, approval: null } }));
  if (found.ok) done(say(SEAL.replanned));
  else failed(found.problem);
}

export async function standDown(containment: number, reason: string): Promise<void> {
  const params = (k: string) => ({ path: { containment }, header: keyed(k) });
  const found = await persist((k) => api.POST("/api/v1/containments/{containment}/stand-down", { params: params(k), body: { reason } }));
  if (found.ok) done(say(SEAL.stoodDown));
  else failed(found.problem);
}
