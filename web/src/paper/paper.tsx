// Paper: the board as a sheet to print for when everything is down, and the entry of what was written on it.
import { useState } from "preact/hooks";
import { Button } from "../kit/controls";
import { areas, onDuty, queue, seq } from "../live/board";
import { typeTitle } from "../live/catalogue";
import { now } from "../live/clock";
import { mayDispatch } from "../live/session";
import { called } from "../operate/orders";
import { STATUS } from "../words/common";
import { PAPER } from "../words/paper";
import { named, number, oneOf, say } from "../words/say";
import { clockTime, dayTime } from "../words/time";
import { Form, type Done } from "./form";
import "./paper.css";

/** Rows left empty for what is written by hand. */
const BLANK = 14;

function Sheet() {
  const city = named(areas.value.get(0)?.name);
  return (
    <article class="paper-sheet">
      <h1>{say(PAPER.title, { city })}</h1>
      <p class="muted">{say(PAPER.asOf, { at: dayTime(now()), seq: number(seq.value ?? 0) })}</p>
      <h2>{say(PAPER.incidents)}</h2>
      <table>
        <thead><tr><th>#</th><th>!</th><th>{say(PAPER.type)}</th><th>{say(PAPER.place)}</th><th>{say(PAPER.time)}</th><th>{say(PAPER.sent)}</th><th>{say(PAPER.notes)}</th></tr></thead>
        <tbody>
          {queue.value.map((one) => (
            <tr key={one.incident}>
              <td>{one.incident}</td><td>{one.priority}</td><td>{typeTitle(one.kind)}</td>
              <td>{named(one.street) || "—"} <span class="faint">{named(areas.value.get(one.area)?.name)}</span></td>
              <td>{clockTime(one.opened)}</td>
              <td>{one.assignments.filter((task) => task.stage !== "ended").map((task) => called(task.unit)).join(", ") || "—"}</td>
              <td class="blank" />
            </tr>
          ))}
          {queue.value.length === 0 && <tr><td colSpan={7}>{say(PAPER.none)}</td></tr>}
        </tbody>
      </table>
      <h2>{say(PAPER.units)}</h2>
      <ul class="paper-units">
        {onDuty.value.map((unit) => <li key={unit.unit}><strong>{unit.call_sign}</strong> {oneOf(STATUS, unit.status)}{unit.incident != null && ` #${unit.incident}`}</li>)}
        {onDuty.value.length === 0 && <li>{say(PAPER.none)}</li>}
      </ul>
      <p class="faint">{say(PAPER.blank)}</p>
      <table class="by-hand">
        <thead><tr><th>{say(PAPER.happened)}</th><th>{say(PAPER.incident)}</th><th>{say(PAPER.unit)}</th><th>{say(PAPER.what)}</th><th>{say(PAPER.by)}</th></tr></thead>
        <tbody>{Array.from({ length: BLANK }, (_, index) => <tr key={index}><td /><td /><td /><td /><td /></tr>)}</tbody>
      </table>
    </article>
  );
}

export function Paper() {
  const [done, setDone] = useState<Done[]>([]);
  return (
    <main class="paper">
      <div class="paper-page">
        <p class="paper-print"><Button kind={mayDispatch.value ? undefined : "first"} onClick={() => print()}>{say(PAPER.print)}</Button></p>
        <Sheet />
      </div>
      {mayDispatch.value && (
        <aside>
          <Form entered={(one) => setDone((was) => [one, ...was])} />
          {done.length > 0 && (
            <section aria-live="polite">
              <h3>{say(PAPER.entered)}</h3>
              <ul>{done.map((one) => <li key={one.id}><time>{clockTime(one.happened)}</time> {one.says}</li>)}</ul>
            </section>
          )}
        </aside>
      )}
    </main>
  );
}
