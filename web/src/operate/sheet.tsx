// The sheet of an incident: what it is, whom to send, who is on it, what was said, what happened.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { api, outcome, type Problem } from "../api/client";
import type { Assignment, Incident, Recommendation } from "../api/documents";
import { listen, type Key } from "../app/keys";
import { Button, Empty, Fault } from "../kit/controls";
import { Priority, Status } from "../kit/marks";
import { areas, incidents, units } from "../live/board";
import { hazards as hazardList, titleOf, typeTitle } from "../live/catalogue";
import { now, tick } from "../live/clock";
import { arrival } from "../live/ways";
import { lookAt, lookers } from "../live/looking";
import { mayDispatch, mayIntake, past, session } from "../live/session";
import { chosen, pick, show } from "../map/state";
import { SOURCE, W as Common } from "../words/common";
import { openSeal } from "../seal/state";
import { SHEET, W } from "../words/operate";
import { SEAL } from "../words/seal";
import { named, oneOf, say } from "../words/say";
import { age, clockTime, duration, shortTime } from "../words/time";
import { ask } from "./ask";
import { Candidates, useRecommendation } from "./candidates";
import { openIncident, openUnit } from "./desk";
import { Contact } from "./contact";
import { Pictures } from "./media";
import { lazily } from "../console/lazily";
import * as orders from "./orders";
import { called, numbered } from "./orders";
import { outcomeSays, timeline } from "./timeline";

const Past = lazily(async () => (await import("../review/past-sheet")).PastSheet);

type Text = { address?: string | null; notes: { at: string; by: string; text?: string | null }[]; erased: boolean };

/** What was said: sealed, and shown once the look is on record. */
function Words({ one }: { one: Incident }) {
  const [text, setText] = useState<Text | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const read = async () => {
    const found = await outcome(api.POST("/api/v1/incidents/{incident}/text", { params: { path: { incident: one.incident } }, body: { purpose: "response" } }));
    if (found.ok) setText(found.value);
    setProblem(found.ok ? null : found.problem);
  };
  const latest = useRef(read);
  latest.current = read;
  // Whoever looks at the text looks at what is added to it too.
  const looking = useRef(false);
  looking.current = text !== null;
  useEffect(() => {
    if (looking.current) void latest.current();
  }, [one.notes.length]);
  useLayoutEffect(() => listen(SHEET.text, [{ press: "t", says: SHEET.textRead, run: () => void latest.current() }]), []);
  if (one.erased) return <p class="faint">{say(SHEET.textErased)}</p>;
  if (problem) return <Fault problem={problem} again={() => void read()} />;
  if (!text) return <p><Button press="t" onClick={() => void read()}>{say(SHEET.textRead)}</Button> <span class="faint">{say(SHEET.textReadHint)}</span></p>;
  const notes = text.notes.filter((each) => each.text);
  return (
    <div class="words">
      {text.address && <p><span class="label">{say(SHEET.address)}</span> {text.address}</p>}
      {notes.map((each, index) => <p key={index}><span class="label">{clockTime(each.at)} {each.by}</span> {each.text}</p>)}
      {!text.address && notes.length === 0 && <p class="faint">{say(SHEET.noText)}</p>}
    </div>
  );
}

/** What a task may come to next, as a dispatcher hears it over the radio. */
const NEXT: Record<string, [orders.Step, keyof typeof SHEET][]> = {
  dispatched: [["acknowledge", "ack"], ["en-route", "enRoute"], ["on-scene", "onScene"]],
  acknowledged: [["en-route", "enRoute"], ["on-scene", "onScene"]],
  en_route: [["on-scene", "onScene"], ["clear", "clear"]],
  on_scene: [["clear", "clear"]],
  transporting: [["clear", "clear"]],
};

function Task({ one, task }: { one: Incident; task: Assignment }) {
  void tick.value;
  const unit = units.value.get(task.unit);
  const ended = task.stage === "ended";
  const last = [task.transporting, task.on_scene, task.en_route, task.acknowledged, task.dispatched].find(Boolean) ?? task.dispatched;
  const there = ended || task.on_scene ? null : arrival(task.unit);
  const eta = there === null ? null : Math.max(0, there - now());
  const recall = () => ask({ ask: "reason", title: SHEET.recall, then: (reason) => void orders.recall(one.incident, task.unit, reason) });
  return (
    <li class={ended ? "ended" : ""}>
      <button type="button" class="name" onClick={() => openUnit(task.unit)}>{called(task.unit)}</button>
      {ended ? <span class="faint">{outcomeSays(task.outcome)}</span> : unit && <Status status={unit.status} />}
      {!ended && eta !== null && <span class="eta">{say(SHEET.arrives, { for: duration(eta) })}</span>}
      <span class="faint">{ended && task.ended ? clockTime(task.ended) : duration(now() - Date.parse(last))}</span>
      {!ended && mayDispatch.value && (
        <span class="steps">
          {(NEXT[task.stage] ?? []).map(([step, says]) => (
            <Button key={step} onClick={() => void orders.step(one.incident, task.unit, step)}>{say(SHEET[says])}</Button>
          ))}
          <Button kind="plain" onClick={recall}>{say(SHEET.recall)}</Button>
        </span>
      )}
    </li>
  );
}

function Tasks({ one }: { one: Incident }) {
  if (one.assignments.length === 0) return <p class="faint">{say(SHEET.nobody)}</p>;
  return <ul class="tasks">{one.assignments.map((task, index) => <Task key={`${task.unit} ${index}`} one={one} task={task} />)}</ul>;
}

function Hazards({ one }: { one: Incident }) {
  const may = mayIntake.value && one.status === "open";
  if (one.hazards.length === 0 && !may) return null;
  const add = (event: Event & { currentTarget: HTMLSelectElement }) => {
    const code = event.currentTarget.value;
    event.currentTarget.value = "";
    if (code) void orders.hazard(one.incident, code, true);
  };
  return (
    <div class="hazards">
      {one.hazards.map((code) => (
        <span key={code} class="hazard">
          ▲ {titleOf("hazards", code)}
          {may && <Button kind="plain" icon label={say(SHEET.hazardGone, { what: titleOf("hazards", code) })} onClick={() => void orders.hazard(one.incident, code, false)}>✕</Button>}
        </span>
      ))}
      {may && (
        <select aria-label={say(SHEET.addHazard)} onChange={add}>
          <option value="">+ {say(SHEET.addHazard)}</option>
          {hazardList.value.filter((each) => !one.hazards.includes(each.code)).map((each) => <option key={each.code} value={each.code}>{named(each.title)}</option>)}
        </select>
      )}
    </div>
  );
}

function Related({ one }: { one: Incident }) {
  const row = (incident: number, more?: preact.ComponentChildren) => {
    const other = incidents.value.get(incident);
    return (
      <li key={incident}>
        {other && <Priority value={other.priority} />}
        <button type="button" class="name clip" onClick={() => openIncident(incident)}>{other ? `${typeTitle(other.kind)} ` : ""}{numbered(incident)}</button>
        {more}
      </li>
    );
  };
  const open = one.status === "open" && mayIntake.value;
  return (
    <>
      {one.suggested.length > 0 && (
        <section class="suggested">
          <h3>{say(SHEET.duplicates)}</h3>
          <ul class="related">
            {one.suggested.map((of) => row(of, open && (
              <>
                <Button onClick={() => void orders.merge(one.incident, of)}>{say(SHEET.merge)}</Button>
                <Button kind="plain" onClick={() => void orders.dismiss(one.incident, of)}>{say(SHEET.dismiss)}</Button>
              </>
            )))}
          </ul>
        </section>
      )}
      {one.links.length + one.merged.length > 0 && (
        <section>
          <h3>{say(SHEET.linked)}</h3>
          <ul class="related">{[...one.merged, ...one.links].map((other) => row(other))}</ul>
        </section>
      )}
    </>
  );
}

/** Who else looks at it now. */
function Others({ incident }: { incident: number }) {
  const others = (lookers.value.get(incident) ?? []).filter((each) => each.staff !== session.value?.staff);
  if (others.length === 0) return null;
  return <p class="others" role="status">{say(SHEET.others, { who: others.map((each) => (each.what === "editing" ? `${each.staff} ✎` : each.staff)).join(", ") })}</p>;
}

function Head({ one }: { one: Incident }) {
  void tick.value;
  const street = named(one.street);
  const how = titleOf(one.cancelled ? "reasons" : "dispositions", one.ending);
  return (
    <div class="about">
      <p class="place">{street || "—"} <span class="faint">{named(areas.value.get(one.area)?.name)}</span></p>
      <p class="muted">
        {oneOf(SOURCE, one.source)} · {one.reported && one.reported.slice(0, 16) !== one.opened.slice(0, 16) && <>{say(SHEET.reported, { at: shortTime(one.reported) })} · </>}
        {say(SHEET.takenIn, { at: clockTime(one.opened) })}
        {one.status === "open" && <> · {say(SHEET.openFor, { age: age(now() - Date.parse(one.opened)) })}</>}
      </p>
      {one.status === "closed" && <p class="state">{say(one.cancelled ? SHEET.cancelledAs : SHEET.closedAs, { how, why: how })}</p>}
      {one.status === "merged" && (
        <p class="state">
          {say(SHEET.mergedInto, { n: numbered(one.merged_into ?? 0) })} <Button onClick={() => openIncident(one.merged_into ?? 0)}>{numbered(one.merged_into ?? 0)}</Button>
        </p>
      )}
    </div>
  );
}

/** What can be done with an incident: its name, its key, and what it does. */
function deeds(one: Incident): Key[] {
  const { incident } = one;
  const open = one.status === "open";
  const point = () => {
    pick.value = (at) => {
      pick.value = null;
      void orders.move(incident, at);
    };
  };
  const all: (Key | false)[] = [
    open && mayDispatch.value && { press: "d", says: SHEET.sendRecommended, run: () => void orders.sendRecommended(incident) },
    mayIntake.value && { press: "e", says: SHEET.addNote, run: () => ask({ ask: "note", title: SHEET.addNote, then: (text) => void orders.note(incident, text) }) },
    open && mayIntake.value && { press: "g", says: SHEET.regrade, run: () => ask({ ask: "grade", title: SHEET.regrade, incident, then: (...to) => void orders.regrade(incident, ...to) }) },
    open && mayDispatch.value && { press: "c", says: SHEET.close, run: () => ask({ ask: "disposition", title: SHEET.closeWith, then: (code) => void orders.resolve(incident, code) }) },
    open && mayIntake.value && { press: "m", says: SHEET.mergeInto, run: () => ask({ ask: "number", title: SHEET.mergeInto, then: (into) => void orders.merge(incident, into) }) },
    open && mayIntake.value && { press: "l", says: SHEET.link, run: () => ask({ ask: "number", title: SHEET.link, then: (other) => void orders.link(incident, other) }) },
    open && mayIntake.value && { press: "p", says: SHEET.move, run: point },
    open && mayDispatch.value && { press: "x", says: SHEET.cancel, run: () => ask({ ask: "reason", title: SHEET.cancel, then: (reason) => void orders.cancel(incident, reason) }) },
    one.status === "merged" && mayIntake.value && { press: "m", says: SHEET.unmerge, run: () => void orders.unmerge(incident) },
    one.status === "closed" && mayDispatch.value && { press: "o", says: SHEET.reopen, run: () => ask({ ask: "reason", title: SHEET.reopen, then: (reason) => void orders.reopen(incident, reason) }) },
    open && mayDispatch.value && { press: "q", says: SEAL.start, run: () => openSeal(incident) },
    { press: "f", says: W.fit, run: () => show(one.at as [number, number], 16) },
  ];
  return all.filter((each): each is Key => each !== false);
}

function useDeeds(one: Incident): Key[] {
  const all = deeds(one);
  const latest = useRef(all);
  latest.current = all;
  const presses = all.map((each) => each.press).join();
  useLayoutEffect(
    () => listen(SHEET.incident, all.map((each, index) => ({ ...each, run: (event: KeyboardEvent) => latest.current[index]?.run(event) }))),
    [presses, one.incident],
  );
  return all;
}

function Sheet({ one, found, problem }: { one: Incident; found: Recommendation | null; problem: Problem | null }) {
  const all = useDeeds(one);
  useEffect(() => (past.value ? undefined : lookAt(one.incident)), [one.incident, past.value]);
  const send = (unit: number) => void orders.dispatch(one.incident, unit, found?.id ?? null);
  return (
    <section class="sheet" aria-label={`${say(SHEET.incident)} ${numbered(one.incident)}`}>
      <header>
        <Priority value={one.priority} />
        <h2 class="clip">{typeTitle(one.kind)}</h2>
        <span class="number">{numbered(one.incident)}</span>
        <Button kind="plain" icon label={say(W.closeSheet)} onClick={() => (chosen.value = null)}>✕</Button>
      </header>
      <div class="scroll">
        <Head one={one} />
        <Others incident={one.incident} />
        <Hazards one={one} />
        {pick.value && <p class="pointing" role="status">{say(SHEET.moveHint)}</p>}
        <Related one={one} />
        <section>
          <h3>{say(SHEET.sentUnits)}</h3>
          <Tasks one={one} />
        </section>
        {past.value && <Past one={one} />}
        {one.status === "open" && !past.value && (
          <section>
            <h3>{say(SHEET.recommended)}</h3>
            <Candidates found={found} problem={problem} send={send} />
          </section>
        )}
        <section>
          <h3>{say(SHEET.text)}</h3>
          <Words one={one} />
        </section>
        <Pictures one={one} />
        <Contact one={one} />
        <section>
          <h3>{say(SHEET.timeline)}</h3>
          <ol class="timeline">
            {timeline(one).map((each, index) => (
              <li key={index}><time dateTime={each.at}>{clockTime(each.at)}</time> <span>{each.says}</span> {each.by && <span class="faint">{each.by}</span>}</li>
            ))}
          </ol>
        </section>
      </div>
      <footer class="deeds">
        {all.map((each) => <Button key={each.press} press={each.press} kind={each.press === "d" && found?.chosen.length ? "first" : undefined} onClick={() => each.run(new KeyboardEvent("keydown"))}>{say(each.says)}</Button>)}
      </footer>
    </section>
  );
}

export function IncidentSheet({ incident }: { incident: number }) {
  const one = incidents.value.get(incident);
  const { found, problem } = useRecommendation(one?.status === "open" ? { incident } : null);
  if (!one) return <section class="sheet"><Empty says={say(SHEET.gone)}><Button onClick={() => (chosen.value = null)}>{say(Common.close)}</Button></Empty></section>;
  return <Sheet key={incident} one={one} found={found} problem={problem} />;
}
