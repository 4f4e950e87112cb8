// Planning a tour of a unit, for one day or several in a row.
import { useState } from "preact/hooks";
import { api, outcome, type Problem, type Schemas } from "../api/client";
import type { Unit } from "../api/documents";
import { Button, Input, Select } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { done } from "../kit/toasts";
import { T } from "../words/planning";
import { W } from "../words/common";
import { say } from "../words/say";
import { forField, fromField } from "../words/time";
import { Refusal } from "./asked";
import { staffOf } from "./unit-form";

export type TourBody = Schemas["ShiftBody"];

export const DAY = 86_400_000;

/** Plans one after the other; how many are planned, and the first refusal. */
export async function planAll(bodies: readonly TourBody[]): Promise<{ planned: number; problem: Problem | null }> {
  let planned = 0;
  for (const body of bodies) {
    const params = { header: { "Idempotency-Key": crypto.randomUUID() } };
    const found = await outcome(api.POST("/api/v1/shifts", { params, body }));
    if (!found.ok) return { planned, problem: found.problem };
    planned += 1;
  }
  return { planned, problem: null };
}

/** The same time of day some days later, also where the clock is put forward or back between. */
export function daysLater(field: string, days: number): number | null {
  const [date, time] = field.split("T");
  const at = Date.parse(`${date}T12:00:00Z`);
  if (!time || Number.isNaN(at)) return null;
  return fromField(`${new Date(at + days * DAY).toISOString().slice(0, 10)}T${time}`);
}

interface Props { units: readonly Unit[]; unit: number | null; day: number; close: () => void; planned: () => void }

export function TourForm({ units, unit: first, day, close, planned }: Props) {
  const date = forField(day).slice(0, 10);
  const [unit, setUnit] = useState(String(first ?? units[0]?.unit ?? ""));
  const [starts, setStarts] = useState(`${date}T08:00`);
  const [ends, setEnds] = useState(`${date}T16:00`);
  const [members, setMembers] = useState("");
  const [waived, setWaived] = useState("");
  const [days, setDays] = useState("1");
  const [problem, setProblem] = useState<Problem | null>(null);
  const order = starts && ends && ends <= starts ? say(T.order) : null;
  const submit = async (event: Event) => {
    event.preventDefault();
    const force = units.find((one) => String(one.unit) === unit)?.force ?? "police";
    const crew = staffOf(members).map((staff) => ({ staff, force }));
    const bodies = Array.from({ length: Number(days) }, (_, at) => [daysLater(starts, at), daysLater(ends, at)] as const)
      .flatMap(([from, to]) => (from === null || to === null ? [] : [{
        unit: Number(unit), members: crew, starts: new Date(from).toISOString(), ends: new Date(to).toISOString(), waived: waived.trim() || null,
      }]));
    const result = await planAll(bodies);
    if (result.planned > 0) {
      done(say(T.copied, { n: result.planned }));
      planned();
    }
    // What is planned is not planned again when the rest is.
    if (result.problem) {
      const from = daysLater(starts, result.planned);
      const to = daysLater(ends, result.planned);
      if (from !== null) setStarts(forField(from));
      if (to !== null) setEnds(forField(to));
      setDays(String(Number(days) - result.planned));
      setProblem(result.problem);
    } else close();
  };
  return (
    <Dialog title={say(T.plan)} close={close}>
      <form class="factor" onSubmit={(event) => void submit(event)}>
        <Select label={T.find} value={unit} onValue={setUnit} options={units.map((one) => [String(one.unit), one.call_sign] as const)} />
        <div class="fields">
          <Input label={T.starts} type="datetime-local" value={starts} onValue={setStarts} required />
          <Input label={T.ends} wrong={order} type="datetime-local" value={ends} onValue={setEnds} required />
        </div>
        <Input label={T.members} value={members} onValue={setMembers} required autofocus />
        <Select label={T.days} value={days} onValue={setDays} options={[1, 2, 3, 4, 5, 6, 7].map((n) => [String(n), String(n)] as const)} />
        <Input label={T.waived} hint={T.waivedHint} value={waived} onValue={setWaived} />
        {problem && <Refusal problem={problem} />}
        <footer>
          <Button onClick={close}>{say(W.cancel)}</Button>
          <Button type="submit" kind="first" disabled={Boolean(order)}>{say(T.plan)}</Button>
        </footer>
      </form>
    </Dialog>
  );
}
