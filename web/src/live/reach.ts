// Who is within 1, 3 and 5 minutes of a free unit now, as outlines and shares; followed while it is shown.
import { effect, signal } from "@preact/signals";
import type { Schemas } from "../api/client";
import { api, outcome } from "../api/client";
import { reachShown } from "../map/state";
import { past } from "./session";
import { line } from "./stream";

export type Reach = Schemas["ReachDoc"];

export const reach = signal<Reach | null>(null);

/** The server reckons it anew every two seconds at most. */
const EVERY = 3_000;

let timer: ReturnType<typeof setTimeout> | null = null;

async function load(): Promise<void> {
  const found = await outcome(api.GET("/api/v1/reach", { params: { query: { minutes: "1,3,5" } } }));
  if (!reachShown.value) return;
  if (found.ok) reach.value = found.value;
  timer = setTimeout(() => void load(), found.ok ? EVERY : EVERY * 3);
}

effect(() => {
  if (reachShown.value && line.value.state === "live" && !past.value) {
    if (!timer) timer = setTimeout(() => void load(), 0);
    return;
  }
  if (timer) clearTimeout(timer);
  timer = null;
  if (!reachShown.value || past.value) reach.value = null;
});
