// Who is signed in, and what they may roughly do: pages hide what would be refused anyway; the server decides.
import { computed, signal } from "@preact/signals";
import { api, outcome, proveWith, whenSignedOut } from "../api/client";
import type { Session } from "../api/documents";

/** Not known yet, nobody, or somebody. */
export const session = signal<Session | null | undefined>(undefined);

export type Role =
  | "call_taker" | "dispatcher" | "duty_officer" | "commander" | "planner" | "crew"
  | "site_keeper" | "partner" | "auditor" | "operator" | "administrator" | "gateway";

/** Whether somebody was signed in before on this page, so that signing in again can say that the session ended. */
export const wasSignedIn = signal(false);

export function take(found: Session | null): void {
  if (found) wasSignedIn.value = true;
  session.value = found;
  proveWith(found?.csrf ?? null);
}

/** Asks who is signed in. A line that fails is not the same as nobody: the page goes on asking. */
export async function look(): Promise<void> {
  const found = await outcome(api.GET("/api/v1/session"));
  if (found.ok) take(found.value);
  else if (found.problem.status === 401) take(null);
  else setTimeout(() => void look(), 2_000);
}

export async function signOut(): Promise<void> {
  await outcome(api.DELETE("/api/v1/session"));
  take(null);
}

whenSignedOut(() => take(null));

const roles = computed(() => new Set(session.value?.roles.map((grant) => grant.role) ?? []));

export const has = (...wanted: Role[]): boolean => wanted.some((role) => roles.value.has(role));

/** Whether the page shows a past moment: nothing can be ordered there. */
export const past = signal(false);

/** May send units and run the board. */
export const mayDispatch = computed(() => !past.value && has("dispatcher", "duty_officer"));
/** May take calls. */
export const mayIntake = computed(() => !past.value && has("call_taker", "dispatcher", "duty_officer"));
/** May say how many lanes of a checkpoint are open, and enter what was counted. */
export const mayKeepCheckpoint = computed(() => !past.value && has("dispatcher", "duty_officer", "commander", "crew"));
/** May make plans, propose and withdraw them. */
export const mayPlan = computed(() => !past.value && has("planner", "duty_officer", "commander"));
/** May approve what others order or propose. */
export const mayApprove = computed(() => !past.value && has("duty_officer", "commander"));
/** May describe the city: its rings, posts and areas. */
export const mayDescribe = computed(() => !past.value && has("planner", "commander"));
export const mayAdminister = computed(() => has("administrator"));
