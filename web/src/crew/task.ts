// The task of one's own unit, as the board has it and what was done here since.
import { computed, effect } from "@preact/signals";
import { signal } from "@preact/signals";
import type { Incident, UnitStatus } from "../api/documents";
import * as board from "../live/board";
import { now } from "../live/clock";
import { stageOf, type Entry, type Stage, type StepName } from "./deeds";
import { staff, tour, unit } from "./duty";
import * as queue from "./queue";
import * as store from "./store";

export interface Task {
  incident: number;
  /** What is known of it; none is one of an area that this crew does not see. */
  doc: Incident | null;
  stage: Stage;
  /** Call signs of the others on it. */
  others: { call_sign: string; status: UnitStatus }[];
  /** When that was so, if it is what the phone kept. */
  kept?: number;
}

/** The last task, kept for a page that is opened where there is no line. */
const kept = signal<(Task & { unit: number; status: UnitStatus }) | null>(null);

const own = computed(() => (unit.value === null ? undefined : board.units.value.get(unit.value)));

/** An incident under the one it goes on under. */
function root(id: number): number {
  let at = id;
  for (let hops = 0; hops < 16; hops += 1) {
    const into = board.incidents.value.get(at)?.merged_into;
    if (into === null || into === undefined) break;
    at = into;
  }
  return at;
}

const STAGES: Partial<Record<UnitStatus, Stage>> = {
  dispatched: "dispatched", acknowledged: "acknowledged", en_route: "en_route", on_scene: "on_scene", transporting: "transporting",
};

/** The task as the board has it. */
const told = computed<Task | null>(() => {
  if (!tour.value) return null;
  if (board.seq.value === null) return kept.value && kept.value.unit === unit.value ? kept.value : null;
  const mine = own.value;
  const stage = mine && STAGES[mine.status];
  if (!mine || !stage || mine.incident === null || mine.incident === undefined) return null;
  const incident = root(mine.incident);
  const doc = board.incidents.value.get(incident) ?? null;
  const others = [...board.units.value.values()]
    .filter((one) => one.unit !== mine.unit && one.incident !== null && one.incident !== undefined && root(one.incident) === incident)
    .map(({ call_sign, status }) => ({ call_sign, status }));
  return { incident, doc, stage, others };
});

const RANK: Stage[] = ["dispatched", "acknowledged", "en_route", "on_scene", "transporting", "ended"];

/** The furthest stage that deeds of this phone have brought a task to. */
function reached(stage: Stage, incident: number, deeds: readonly Entry[]): Stage {
  let at = stage;
  for (const { deed } of deeds) {
    if (deed.deed !== "step" || root(deed.incident) !== incident) continue;
    const to = stageOf(deed.step);
    if (RANK.indexOf(to) > RANK.indexOf(at)) at = to;
  }
  return at;
}

export const task = computed<Task | null>(() => {
  const known = told.value;
  if (!known) return null;
  const stage = reached(known.stage, known.incident, queue.ahead.value);
  return stage === "ended" ? null : { ...known, stage };
});

/** What the unit does, for its own page. */
export const status = computed<{ status: UnitStatus; reason: string | null }>(() => {
  if (task.value) return { status: task.value.stage as UnitStatus, reason: null };
  const told = board.seq.value === null ? (kept.value?.status ?? "available") : (own.value?.status ?? "available");
  let now: { status: UnitStatus; reason: string | null } =
    told === "out" ? { status: told, reason: own.value?.reason ?? null } : { status: "available", reason: null };
  for (const { deed } of queue.ahead.value) {
    if (deed.deed === "out") now = { status: "out", reason: deed.reason };
    if (deed.deed === "back") now = { status: "available", reason: null };
  }
  return now;
});

/** The welfare check, when it rings or is about to. */
export const welfare = computed(() => {
  const clock = board.clocks.value.find((one) => "welfare" in (one.clock as object) && (one.clock as { welfare: number }).welfare === unit.value);
  if (!clock || queue.ahead.value.some((one) => one.deed.deed === "well")) return null;
  return clock;
});

export function does(step: StepName, more: { reason?: string; to?: { post: number } | { site: number } } = {}): void {
  const on = task.peek();
  const who = staff.peek();
  const mine = unit.peek();
  if (!on || who === null || mine === null) return;
  queue.put(who, [{ deed: "step", incident: on.incident, unit: mine, step, ...more }]);
}

/** Keeps the task while there is one, and forgets it when it is over. */
export function remember(): () => void {
  void store.kept<typeof kept.value>("task").then((found) => {
    kept.value = found ?? null;
  });
  return effect(() => {
    if (board.seq.value === null && tour.value) return;
    const known = told.value;
    if (known && unit.value !== null) {
      void store.keep("task", { ...known, kept: now(), unit: unit.value, status: known.stage });
    } else if (!tour.value || board.seq.value !== null) {
      void store.forget("task");
    }
  });
}
