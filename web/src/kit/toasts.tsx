// Short words at the foot of the page on what was done, or was not. Faults stay until somebody has seen them.
import { signal } from "@preact/signals";
import type { Problem } from "../api/client";
import { W } from "../words/common";
import { say } from "../words/say";
import { detailOf } from "../words/told";
import { Button } from "./controls";

interface Toast { id: number; says: string; wrong: boolean }

const toasts = signal<readonly Toast[]>([]);
let next = 1;

function drop(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}

export function done(says: string): void {
  const toast = { id: next++, says, wrong: false };
  toasts.value = [...toasts.value.slice(-2), toast];
  setTimeout(() => drop(toast.id), 3_500);
}

export function failed(problem: Problem | string): void {
  const says = typeof problem === "string" ? problem : detailOf(problem);
  toasts.value = [...toasts.value.slice(-2), { id: next++, says, wrong: true }];
}

export function Toasts() {
  return (
    <div class="toasts" aria-live="polite">
      {toasts.value.map((one) => (
        <div key={one.id} class={`toast ${one.wrong ? "wrong" : ""}`} role={one.wrong ? "alert" : "status"}>
          <span>{one.says}</span>
          {one.wrong && <Button kind="plain" icon label={say(W.close)} onClick={() => drop(one.id)}>✕</Button>}
        </div>
      ))}
    </div>
  );
}
