// Who looks at the same incident: told while a sheet is open, forgotten soon after. It is never recorded.
import { signal } from "@preact/signals";
import { api, outcome, type Schemas } from "../api/client";
import { question } from "./editing";

export type Looking = Schemas["LookingDoc"];
type Looker = Schemas["LookerDoc"];

/** By incident, whoever looks at it, oneself too. */
export const lookers = signal<ReadonlyMap<number, readonly Looker[]>>(new Map());

export function told(looking: Looking): void {
  const next = new Map(lookers.value);
  if (looking.looking.length === 0) next.delete(looking.incident);
  else next.set(looking.incident, looking.looking);
  lookers.value = next;
}

/** The server forgets after 25 s. */
const EVERY = 10_000;

/** Tells that an incident is looked at, until the returned function is called. */
export function lookAt(incident: number): () => void {
  const say = () => void outcome(api.PUT("/api/v1/incidents/{incident}/looking", {
    params: { path: { incident } }, body: { what: question.value ? "editing" : "looking" },
  }));
  const again = setInterval(say, EVERY);
  const stop = question.subscribe(() => say());
  return () => {
    clearInterval(again);
    stop();
    void outcome(api.DELETE("/api/v1/incidents/{incident}/looking", { params: { path: { incident } } }));
  };
}
