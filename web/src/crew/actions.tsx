// What can be done now, in the thumb's reach: one large button for what comes next, the rest above it.
import { signal } from "@preact/signals";
import { reasons } from "../live/catalogue";
import { STEP, W } from "../words/crew";
import { say, type Pair } from "../words/say";
import type { StepName } from "./deeds";
import { staff, unit } from "./duty";
import { shake } from "./hold";
import { PickReason } from "./pick";
import { PickPlace } from "./places";
import { put } from "./queue";
import { does, status, task, type Task } from "./task";

export type Sheets = "decline" | "transport" | "out" | "report";
export const sheet = signal<Sheets | null>(null);
const close = () => {
  sheet.value = null;
};

/** What comes next at each stage. */
const NEXT: Record<Task["stage"], StepName | null> = {
  dispatched: "acknowledge", acknowledged: "en_route", en_route: "on_scene", on_scene: "clear", transporting: "clear", ended: null,
};

/** A second touch of the same tap must not be taken for what the button says next. */
const GUARD_MS = 1_200;
const done = signal<Pair | null>(null);

/** `opens` is for what asks more before anything is done. */
function Next({ says, act, opens }: { says: Pair; act: () => void; opens?: boolean }) {
  const guarded = done.value;
  const press = () => {
    if (guarded) return;
    if (!opens) {
      shake(60);
      done.value = says;
      setTimeout(() => (done.value = null), GUARD_MS);
    }
    act();
  };
  return (
    <button type="button" class={`tap next ${guarded ? "done" : ""}`} aria-disabled={guarded !== null} onClick={press}>
      {guarded ? `✓ ${say(guarded)}` : say(says)}
    </button>
  );
}

const Other = ({ says, of }: { says: Pair; of: Sheets }) => (
  <button type="button" class="tap" onClick={() => (sheet.value = of)}>{say(says)}</button>
);

function OnTask({ on }: { on: Task }) {
  const next = NEXT[on.stage];
  const early = on.stage === "dispatched" || on.stage === "acknowledged" || on.stage === "en_route";
  return (
    <>
      <div class="row">
        {early && <Other says={W.decline} of="decline" />}
        {on.stage === "on_scene" && <Other says={W.transport} of="transport" />}
        <Other says={W.found} of="report" />
      </div>
      {next && <Next says={STEP[next]} act={() => does(next)} />}
    </>
  );
}

const unitDoes = (deed: { deed: "back" } | { deed: "out"; reason: string }) => {
  if (staff.value !== null && unit.value !== null) put(staff.value, [{ ...deed, unit: unit.value }]);
};

function Free() {
  if (status.value.status === "out") {
    return (
      <>
        <div class="row"><Other says={W.found} of="report" /></div>
        <Next says={W.back} act={() => unitDoes({ deed: "back" })} />
      </>
    );
  }
  return (
    <>
      <div class="row"><Other says={W.out} of="out" /></div>
      <Next says={W.found} act={() => (sheet.value = "report")} opens />
    </>
  );
}

export function Actions() {
  const on = task.value;
  return <div class="actions">{on ? <OnTask on={on} /> : <Free />}</div>;
}

/** The usual reasons, before the others. */
const DECLINE = ["too_far", "breakdown", "closer_unit", "illness", "other"];
const OUT = ["meal", "fuel", "paperwork", "breakdown", "illness", "other"];

export function Sheets() {
  switch (sheet.value) {
    case "decline":
      return <PickReason title={W.declineWhy} list={reasons.value} first={DECLINE} close={close} pick={(reason) => { does("decline", { reason }); close(); }} />;
    case "out":
      return <PickReason title={W.outWhy} list={reasons.value} first={OUT} close={close} pick={(reason) => { unitDoes({ deed: "out", reason }); close(); }} />;
    case "transport":
      return (
        <PickPlace
          title={say(W.transportTo)} known close={close}
          pick={({ post, site }) => {
            does("transport", { to: post !== undefined ? { post } : { site: site ?? 0 } });
            close();
          }}
        />
      );
    default:
      return null;
  }
}
