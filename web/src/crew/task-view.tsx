// The task: what, how urgent, where, what is dangerous, the way, who else.
import { titleOf, typeTitle } from "../live/catalogue";
import { now, tick } from "../live/clock";
import { StatusMark } from "../kit/marks";
import { PRIORITY, STATUS } from "../words/common";
import { W } from "../words/crew";
import { named, oneOf, say, type Pair } from "../words/say";
import { age, shortTime } from "../words/time";
import type { At, Incident } from "../api/documents";
import { status, task, welfare, type Task } from "./task";
import { WhatWasSaid } from "./text";
import { WayView } from "./way-view";
import { put } from "./queue";
import { staff, unit } from "./duty";

function Hazards({ codes }: { codes: readonly string[] }) {
  if (codes.length === 0) return null;
  return (
    <section class="hazards" aria-label={say(W.hazards)}>
      {codes.map((code) => <strong key={code}>⚠ {titleOf("hazards", code)}</strong>)}
    </section>
  );
}

function Others({ others }: { others: Task["others"] }) {
  if (others.length === 0) return <p class="muted">{say(W.alone)}</p>;
  return (
    <section class="others" aria-label={say(W.others)}>
      <h2>{say(W.others)}</h2>
      <ul>
        {others.map((one) => (
          <li key={one.call_sign}><StatusMark status={one.status} /> <strong>{one.call_sign}</strong> {oneOf(STATUS, one.status)}</li>
        ))}
      </ul>
    </section>
  );
}

function What({ doc, on }: { doc: Incident; on: Task }) {
  void tick.value;
  const opened = Date.parse(doc.opened);
  const priority = (PRIORITY as Record<number, Pair>)[doc.priority];
  return (
    <>
      <header class={`what p${doc.priority}`}>
        <p class="urgency"><span class="priority-large">{doc.priority}</span> {priority && say(priority)}</p>
        <h1>{typeTitle(doc.kind)}</h1>
        <p class="where">{named(doc.street) || say(W.noStreet)}</p>
        <p class="muted">{say(W.takenIn, { at: shortTime(opened), ago: age(now() - opened) })}</p>
        {on.kept !== undefined && <p class="told">{say(W.keptAt, { at: shortTime(on.kept) })}</p>}
      </header>
      <Hazards codes={doc.hazards} />
    </>
  );
}

/** Asked again after so long, at the most. */
const HOLD_MS = 900_000;
const BEFORE_MS = 60_000;

function Welfare() {
  void tick.value;
  const clock = welfare.value;
  if (!clock || (clock.told === 0 && Date.parse(clock.due) - now() > BEFORE_MS)) return null;
  const answer = () => {
    if (staff.value !== null && unit.value !== null) put(staff.value, [{ deed: "well", unit: unit.value, hold_ms: HOLD_MS }]);
  };
  return (
    <section class="welfare" role="alert">
      <h2>{say(W.well)}</h2>
      <p>{say(W.wellHint)}</p>
      <button type="button" class="tap" onClick={answer}>{say(W.allWell)}</button>
    </section>
  );
}

function None() {
  const { status: does, reason } = status.value;
  return (
    <section class="no-task">
      <p class="standing"><StatusMark status={does} /> {oneOf(STATUS, does)}{reason && ` · ${titleOf("reasons", reason)}`}</p>
      <h1>{say(W.noTask)}</h1>
      <p class="muted">{say(W.noTaskHint)}</p>
    </section>
  );
}

export function TaskView() {
  const on = task.value;
  return (
    <>
      <Welfare />
      {on ? (
        <article class="task" key={on.incident}>
          {on.stage === "dispatched" && <p class="new" role="alert">{say(W.newTask)}</p>}
          {on.doc ? <What doc={on.doc} on={on} /> : <p class="told">{say(W.elsewhere, { n: on.incident })}</p>}
          <WayView incident={on.incident} at={(on.doc?.at as At | undefined) ?? null} going={on.stage !== "on_scene" && on.stage !== "transporting"} />
          <WhatWasSaid incident={on.incident} />
          {on.doc && <Others others={on.others} />}
        </article>
      ) : (
        <None />
      )}
    </>
  );
}
