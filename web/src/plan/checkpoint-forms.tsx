// Forms of checkpoints: how many lanes are open, and what was counted. Numbers alone.
import { useState } from "preact/hooks";
import { Button, Input, Select } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { hazards } from "../live/catalogue";
import { CHECKPOINT as C } from "../words/checkpoints";
import { named, say } from "../words/say";
import { forField, fromField } from "../words/time";
import * as orders from "./checkpoint-orders";
import type { Count } from "./checkpoint-orders";

const HOUR = 3_600_000;
const LANES = 64;
const STAFF = 1024;
const MOST = 1_000_000;

const whole = (text: string, most: number): number => Math.min(most, Math.max(0, Math.round(Number(text)) || 0));

interface Of { post: number; name: string; close: () => void }

export function Man({ post, name, close, lanes: open, staff: there }: Of & { lanes: number; staff: number }) {
  const [lanes, setLanes] = useState(String(open));
  const [staff, setStaff] = useState(String(there));
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await orders.man(post, name, { lanes: whole(lanes, LANES), staff: whole(staff, STAFF) })) close();
  };
  return (
    <Dialog title={say(C.manOf, { post: name })} close={close}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <div class="fields">
          <Input label={C.lanes} type="number" inputmode="numeric" min={0} max={LANES} value={lanes} onValue={setLanes} autofocus required />
          <Input label={C.staff} type="number" inputmode="numeric" min={0} max={STAFF} value={staff} onValue={setStaff} required />
        </div>
        <footer><Button type="submit" kind="first">{say(C.keep)}</Button></footer>
      </form>
    </Dialog>
  );
}

interface Find { kind: string; count: string }

function Finds({ finds, change }: { finds: readonly Find[]; change: (finds: Find[]) => void }) {
  const put = (at: number, part: Partial<Find>) => change(finds.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const left = hazards.value.filter((one) => !finds.some((find) => find.kind === one.code));
  const [next] = left;
  return (
    <fieldset>
      <legend>{say(C.finds)}</legend>
      {finds.map((find, at) => (
        <div class="fields" key={at}>
          <Select label={C.find} value={find.kind} onValue={(kind) => put(at, { kind })}
            options={hazards.value.filter((one) => one.code === find.kind || left.includes(one)).map((one) => [one.code, named(one.title)] as const)} />
          <Input label={C.count} type="number" inputmode="numeric" min={0} max={MOST} value={find.count} onValue={(count) => put(at, { count })} />
        </div>
      ))}
      {next && <Button onClick={() => change([...finds, { kind: next.code, count: "1" }])}>{say(C.addFind)}</Button>}
    </fieldset>
  );
}

/** What was counted, for the hour up to now; or an entry that is to be put right. */
export function Enter({ post, name, close, corrects }: Of & { corrects: Count | null }) {
  const [from, setFrom] = useState(() => forField(corrects ? Date.parse(corrects.from) : Date.now() - HOUR));
  const [until, setUntil] = useState(() => forField(corrects ? Date.parse(corrects.until) : Date.now()));
  const [vehicles, setVehicles] = useState(String(corrects?.vehicles ?? ""));
  const [people, setPeople] = useState(String(corrects?.people ?? ""));
  const [queue, setQueue] = useState(corrects?.queue == null ? "" : String(corrects.queue));
  const [finds, setFinds] = useState<Find[]>(() => (corrects?.finds ?? []).map((one) => ({ kind: one.kind, count: String(one.count) })));
  // A field is of whole minutes: an instant that was not touched stays as it was entered, to the second.
  const instant = (text: string, was: string | undefined): number | null => (was && forField(Date.parse(was)) === text ? Date.parse(was) : fromField(text));
  const [begin, end] = [instant(from, corrects?.from), instant(until, corrects?.until)];
  const fits = begin !== null && end !== null && begin < end && end - begin <= 24 * HOUR && end <= Date.now() + 60_000;
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!fits) return;
    const body = {
      from: new Date(begin).toISOString(), until: new Date(end).toISOString(), vehicles: whole(vehicles, MOST), people: whole(people, MOST),
      queue: queue.trim() === "" ? null : whole(queue, MOST), corrects: corrects?.count ?? null,
      finds: finds.map((one) => ({ kind: one.kind, count: whole(one.count, MOST) })).filter((one) => one.count > 0),
    };
    if (await orders.enter(post, name, body)) close();
  };
  return (
    <Dialog title={say(C.enterOf, { post: name })} close={close}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <p class="faint">{say(C.nobody)}</p>
        <div class="fields">
          <Input label={C.from} type="datetime-local" value={from} onValue={setFrom} />
          <Input label={C.until} type="datetime-local" value={until} onValue={setUntil} wrong={fits ? null : say(C.order)} />
          <Input label={C.vehicles} type="number" inputmode="numeric" min={0} max={MOST} value={vehicles} onValue={setVehicles} autofocus required />
          <Input label={C.persons} type="number" inputmode="numeric" min={0} max={MOST} value={people} onValue={setPeople} required />
          <Input label={C.queueEnd} hint={C.queueHint} type="number" inputmode="numeric" min={0} max={MOST} value={queue} onValue={setQueue} />
        </div>
        <Finds finds={finds} change={setFinds} />
        <footer><Button type="submit" kind="first" disabled={!fits}>{say(C.keep)}</Button></footer>
      </form>
    </Dialog>
  );
}
