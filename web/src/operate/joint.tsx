// Several incidents wait: units for all of them together, beside what each would take for itself; sent with one key.
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { api, outcome, type Problem, type Schemas } from "../api/client";
import { Button, Fault } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { Priority } from "../kit/marks";
import { failed } from "../kit/toasts";
import { incidents, queue } from "../live/board";
import { typeTitle } from "../live/catalogue";
import { mayDispatch } from "../live/session";
import { JOINT } from "../words/operate";
import { named, say } from "../words/say";
import { duration } from "../words/time";
import { isWaiting } from "./desk";
import { dispatch, numbered } from "./orders";

type Joint = Schemas["JointDoc"];
type Plan = Schemas["JointPlanDoc"];
type Totals = Joint["together"];

/** The server looks at so many together at the most. */
const MOST = 16;

const open = signal(false);

const waitingNow = (): number[] => queue.value.filter(isWaiting).slice(0, MOST).map((one) => one.incident);

export function openJoint(): void {
  if (!mayDispatch.value) return;
  if (waitingNow().length === 0) return failed(say(JOINT.none));
  open.value = true;
}

const sum = (totals: Totals): number => totals.reduce((all, each) => all + each.travel_ms, 0);
const unfilled = (totals: Totals): number => totals.reduce((all, each) => all + each.unfilled, 0);
const units = (list: Plan["units"]): string => list.map((one) => `${one.call_sign} ${one.travel_ms == null ? "—" : duration(one.travel_ms)}`).join(", ") || "—";

function Row({ plan }: { plan: Plan }) {
  const one = incidents.value.get(plan.incident);
  return (
    <tr>
      <td>{one && <Priority value={one.priority} />} {numbered(plan.incident)} {one && typeTitle(one.kind)} <span class="faint">{named(one?.street)}</span></td>
      <td><strong>{units(plan.units)}</strong></td>
      <td class="faint">{units(plan.alone)}</td>
    </tr>
  );
}

async function sendAll(plans: readonly Plan[]): Promise<void> {
  for (const plan of plans) for (const one of plan.units) await dispatch(plan.incident, one.unit, plan.recommendation);
}

function Body({ close }: { close: () => void }) {
  const [found, setFound] = useState<Joint | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    void outcome(api.POST("/api/v1/recommendations/joint", { body: { incidents: waitingNow() } })).then((result) => {
      if (result.ok) setFound(result.value);
      else setProblem(result.problem);
    });
  }, []);
  if (problem) return <Fault problem={problem} />;
  if (!found) return <p class="faint" role="status">{say(JOINT.comparing)}</p>;
  const some = found.plans.some((plan) => plan.units.length > 0);
  const left = unfilled(found.together);
  return (
    <>
      <div class="joint">
        <table>
          <thead><tr><th>{say(JOINT.incident)}</th><th>{say(JOINT.together)}</th><th>{say(JOINT.alone)}</th></tr></thead>
          <tbody>{found.plans.map((plan) => <Row key={plan.incident} plan={plan} />)}</tbody>
        </table>
      </div>
      <p class="muted">{say(JOINT.total, { together: duration(sum(found.together)), alone: duration(sum(found.apart)) })}{left > 0 && ` ${say(JOINT.unfilled, { n: left })}`}</p>
      <footer>
        <Button onClick={close}>{say(JOINT.close)}</Button>
        <Button
          kind="first" disabled={!some} autofocus
          onClick={() => {
            close();
            void sendAll(found.plans);
          }}
        >
          {say(JOINT.send)}
        </Button>
      </footer>
    </>
  );
}

export function JointDialog() {
  if (!open.value) return null;
  const close = () => (open.value = false);
  return <Dialog title={say(JOINT.title)} close={close} wide><Body close={close} /></Dialog>;
}
