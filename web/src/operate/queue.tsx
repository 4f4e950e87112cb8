// The queue: every open incident in a row of its own, in order of urgency. Rows stay what they are when others come and go.
import { useState } from "preact/hooks";
import type { Incident } from "../api/documents";
import { Button, Empty } from "../kit/controls";
import { Priority, StatusMark } from "../kit/marks";
import { areas, queue, seq, units } from "../live/board";
import { mayDispatch, mayIntake } from "../live/session";
import { typeTitle } from "../live/catalogue";
import { now, tick } from "../live/clock";
import { chosenIncident } from "../map/state";
import { W as Common } from "../words/common";
import { CLOCK, W } from "../words/operate";
import { named, oneOf, say } from "../words/say";
import { age, duration } from "../words/time";
import { clockByIncident, openIncident, openIntake, waiting } from "./desk";
import { called, clockKind, dispatch, numbered } from "./orders";

/** The clock of an incident: what it asks, and for how long it has or is over. */
function ClockChip({ incident }: { incident: number }) {
  void tick.value;
  const clock = clockByIncident.value.get(incident);
  if (!clock) return null;
  const left = Date.parse(clock.due) - now();
  const rings = clock.told > 0;
  if (!rings && left > 120_000) return null;
  const says = oneOf(CLOCK, clockKind(clock.clock));
  return (
    <span class={`chip ${rings ? "rings" : "runs"}`} title={says}>
      {says}{!rings && <> {duration(left)}</>}
    </span>
  );
}

function Place({ one }: { one: Incident }) {
  const area = areas.value.get(one.area);
  const street = named(one.street);
  return <span class="clip muted">{street || named(area?.name) || numbered(one.incident)}{street && area ? <span class="faint"> · {named(area.name)}</span> : null}</span>;
}

function Sent({ one }: { one: Incident }) {
  const tasks = one.assignments.filter((task) => task.stage !== "ended");
  if (tasks.length === 0) return null;
  return (
    <span class="sent">
      {tasks.slice(0, 4).map((task) => {
        const status = units.value.get(task.unit)?.status ?? "dispatched";
        return <span key={task.unit}><StatusMark status={status} /> {called(task.unit)}</span>;
      })}
      {tasks.length > 4 && <span>+{tasks.length - 4}</span>}
    </span>
  );
}

function Age({ since }: { since: string }) {
  void tick.value;
  return <span class="age">{age(now() - Date.parse(since))}</span>;
}

function Row({ one }: { one: Incident }) {
  const [over, setOver] = useState(false);
  const on = chosenIncident.value === one.incident;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const unit = Number(event.dataTransfer?.getData("application/x-precinct-unit"));
    if (unit) void dispatch(one.incident, unit, null);
  };
  const drags = (event: DragEvent) => event.dataTransfer?.types.includes("application/x-precinct-unit");
  return (
    <li>
      <button
        type="button"
        class={`incident ${over ? "over" : ""}`}
        aria-current={on ? "true" : undefined}
        onClick={() => openIncident(one.incident)}
        onDragOver={(event) => {
          if (!drags(event) || !mayDispatch.value) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Priority value={one.priority} />
        <span class="lines">
          <span class="line"><strong class="clip">{typeTitle(one.kind)}</strong><span class="number">{numbered(one.incident)}</span><Age since={one.opened} /></span>
          <span class="line"><Place one={one} /><ClockChip incident={one.incident} /></span>
          <Sent one={one} />
        </span>
      </button>
    </li>
  );
}

export function Queue() {
  const all = queue.value;
  return (
    <section class="queue" aria-label={say(W.queue)}>
      <header>
        <h2>{say(W.queue)}</h2>
        <span class="muted">{all.length}{waiting.value > 0 && <> · {say(W.unsentOne, { n: waiting.value })}</>}</span>
        {mayIntake.value && <Button kind="first" press="n" onClick={() => openIntake()}>{say(W.newShort)}</Button>}
      </header>
      {seq.value === null ? (
        <p class="empty" role="status">{say(Common.loading)}</p>
      ) : all.length === 0 ? (
        <Empty says={say(W.queueEmpty)} hint={mayIntake.value ? say(W.queueEmptyHint) : undefined} />
      ) : (
        <ol>{all.map((one) => <Row key={one.incident} one={one} />)}</ol>
      )}
    </section>
  );
}
