// Operating: the map fills the room; the queue, a sheet and the units lie beside it; the command line is at the foot.
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { listen } from "../app/keys";
import { Button, Fault } from "../kit/controls";
import { onDuty } from "../live/board";
import { lazily } from "../console/lazily";
import { refused } from "../live/stream";
import { mayPresence } from "../live/presence";
import { mayIntake } from "../live/session";
import { CityMapView } from "../map/map";
import "../map/map.css";
import { areasShown, chosen, presenceShown, reachShown } from "../map/state";
import { asked } from "../seal/state";
import { JOINT, W } from "../words/operate";
import { PRESENCE } from "../words/presence";
import { say } from "../words/say";
import { Asking } from "./ask";
import { Command } from "./command";
import { intake, isFree, openIntake, toggleUnitBoard, unitBoardOpen, walk } from "./desk";
import { Intake } from "./intake";
import "./operate.css";
import { JointDialog, openJoint } from "./joint";
import { ReachLegend } from "./legend";
import { PresenceLegend } from "./presence-legend";
import { Queue } from "./queue";
import { IncidentSheet } from "./sheet";
import { UnitBoard } from "./unit-board";
import { PostSheet, UnitSheet } from "./unit-sheet";

const Seal = lazily(async () => (await import("../seal/panel")).SealPanel);

function Aside() {
  if (intake.value) return <Intake />;
  if (asked.value) return <Seal />;
  const thing = chosen.value;
  if (!thing) return null;
  if ("incident" in thing) return <IncidentSheet incident={thing.incident} />;
  if ("unit" in thing) return <UnitSheet unit={thing.unit} />;
  return <PostSheet post={thing.post} />;
}

function Foot() {
  const all = onDuty.value;
  return (
    <footer class="foot">
      <Command />
      <Button kind="plain" press="r" pressed={reachShown.value} onClick={() => (reachShown.value = !reachShown.value)}>{say(W.reach)}</Button>
      {mayPresence() && <Button kind="plain" press="v" pressed={presenceShown.value} onClick={() => (presenceShown.value = !presenceShown.value)}>{say(PRESENCE.presence)}</Button>}
      <Button kind="plain" press="b" pressed={areasShown.value} onClick={() => (areasShown.value = !areasShown.value)}>{say(W.areas)}</Button>
      <Button kind="plain" press="u" pressed={unitBoardOpen.value} onClick={toggleUnitBoard}>
        {say(W.unitCount, { n: all.length })} · {say(W.freeCount, { n: all.filter(isFree).length })}
      </Button>
    </footer>
  );
}

/** `foot` stands in for the command line where nothing can be ordered. */
export function Operate({ foot }: { foot?: ComponentChildren }) {
  useEffect(
    () => listen(W.operate, [
      { press: "n", says: W.newIncident, run: () => mayIntake.value && openIntake() },
      { press: "j", says: W.nextIncident, run: () => walk(1) },
      { press: "k", says: W.previousIncident, run: () => walk(-1) },
      { press: "u", says: W.unitBoardShow, run: toggleUnitBoard },
      { press: "r", says: W.reach, run: () => (reachShown.value = !reachShown.value) },
      { press: "w", says: JOINT.waiting, run: openJoint },
      { press: "v", says: PRESENCE.presence, run: () => mayPresence() && (presenceShown.value = !presenceShown.value) },
      { press: "b", says: W.areas, run: () => (areasShown.value = !areasShown.value) },
      { press: "Escape", says: W.closeSheet, run: () => (chosen.value = null) },
    ]),
    [],
  );
  if (refused.value) return <main class="refused"><Fault problem={refused.value} /></main>;
  const aside = intake.value !== null || asked.value !== null || chosen.value !== null;
  return (
    <main class={`operate ${aside ? "with-aside" : ""} ${unitBoardOpen.value ? "with-units" : ""}`}>
      <Queue />
      <div class="map-box">
        <CityMapView />
        <div class="legends"><ReachLegend /><PresenceLegend /></div>
      </div>
      {aside && <aside><Aside /></aside>}
      {unitBoardOpen.value && <UnitBoard />}
      {foot ?? <Foot />}
      <Asking />
      <JointDialog />
    </main>
  );
}
