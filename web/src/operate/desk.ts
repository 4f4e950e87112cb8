// What lies on the desk: which sheet is open, which clocks run for whom. Selection is shared with the map.
import { computed, signal } from "@preact/signals";
import type { ClockName, Incident, RunningClock, Unit } from "../api/documents";
import { clocks, incidents, queue, units } from "../live/board";
import { chosen, chosenIncident, considered, pick, show } from "../map/state";
import { asked, closeSeal } from "../seal/state";
import { clockKind, clockOf } from "./orders";

export type { RunningClock };

/** The intake, if it is open, with what it starts from. */
export const intake = signal<{ kind?: string; place?: string } | null>(null);
/** Whether the board of units is open. */
export const unitBoardOpen = signal(localStorage.getItem("unit-board") !== "closed");

export function toggleUnitBoard(): void {
  unitBoardOpen.value = !unitBoardOpen.value;
  localStorage.setItem("unit-board", unitBoardOpen.value ? "open" : "closed");
}

export function openIntake(from: { kind?: string; place?: string } = {}): void {
  chosen.value = null;
  intake.value = from;
}

export function closeIntake(): void {
  intake.value = null;
  considered.value = null;
  pick.value = null;
}

export function openIncident(incident: number): void {
  closeIntake();
  if (asked.value?.incident !== incident) closeSeal();
  chosen.value = { incident };
  const known = incidents.value.get(incident);
  if (known) show(known.at as [number, number]);
}

export function openUnit(unit: number): void {
  closeIntake();
  chosen.value = { unit };
}

/** Walks along the queue from what is chosen. */
export function walk(by: 1 | -1): void {
  const all = queue.value;
  const at = all.findIndex((one) => one.incident === chosenIncident.value);
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + by));
  const found = all[next];
  if (found) openIncident(found.incident);
}

/** Whom a clock is about: the incident to go to, if there is one. */
export function incidentOf(clock: ClockName): number | null {
  const number = clockOf(clock);
  if (clockKind(clock) === "unanswered") return number;
  return units.value.get(number)?.incident ?? null;
}

/** The next clock of each incident: its own and those of its units. */
export const clockByIncident = computed(() => {
  const found = new Map<number, RunningClock>();
  for (const running of clocks.value) {
    const incident = incidentOf(running.clock);
    const known = incident === null ? undefined : found.get(incident);
    if (incident !== null && (!known || running.told > known.told || (running.told === known.told && running.due < known.due))) {
      found.set(incident, running);
    }
  }
  return found;
});

/** Clocks that have rung and wait for an answer, the loudest first. */
export const ringing = computed(() =>
  clocks.value.filter((one) => one.told > 0 && clockKind(one.clock) !== "sos").sort((a, b) => b.told - a.told || a.due.localeCompare(b.due)),
);

export const isWaiting = (one: Incident): boolean => one.assignments.every((task) => task.stage === "ended");

export const waiting = computed(() => queue.value.filter(isWaiting).length);

export const isFree = (unit: Unit): boolean => unit.status === "available";

/** Metres between two places: flat, which is exact enough within a city. */
export function apart(a: readonly number[], b: readonly number[]): number {
  const [ax = 0, ay = 0] = a;
  const [bx = 0, by = 0] = b;
  const east = (bx - ax) * 111_320 * Math.cos((((ay + by) / 2) * Math.PI) / 180);
  return Math.hypot(east, (by - ay) * 110_540);
}
