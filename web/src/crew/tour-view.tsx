// The tour: starting one, and while one is on, until when, with whom, how the phone behaves, and ending it.
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import type { Problem } from "../api/client";
import { choose as chooseLook, wish, type Wish } from "../app/theme";
import { Empty, Fault } from "../kit/controls";
import { now, tick } from "../live/clock";
import { session } from "../live/session";
import { W } from "../words/crew";
import { choose as chooseLanguage, language, say, type Pair } from "../words/say";
import { dayTime, shortTime } from "../words/time";
import { awake, canStayAwake, stayAwake } from "./awake";
import { begin, planned, signOut, staff, tour, type OwnTour } from "./duty";
import { Hold } from "./hold";
import { put, waiting } from "./queue";
import { task } from "./task";

const members = (one: OwnTour): string => one.tour.members.map((member) => member.staff).join(" · ");

/** The same day needs no date twice. */
const span = (one: OwnTour): string => say(W.fromTo, { from: dayTime(one.tour.starts), to: shortTime(one.tour.ends) });

function Planned({ one, first }: { one: OwnTour; first: boolean }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    const begun = await begin(one.tour.shift);
    setBusy(false);
    setProblem(begun.ok ? null : begun.problem);
  };
  return (
    <li>
      <h2>{one.call_sign}</h2>
      <p>{span(one)}</p>
      <p class="muted">{say(W.members, { names: members(one) })}</p>
      {problem?.status === 0 && <p class="told" role="alert">{say(W.startNeeds)}</p>}
      {problem && problem.status !== 0 && <Fault problem={problem} />}
      {first && <button type="button" class="tap next" disabled={busy} onClick={() => void start()}>{say(W.start)}</button>}
    </li>
  );
}

export function PlannedTours() {
  const ending = waiting.value.some((one) => one.deed.deed === "end");
  const list = planned.value;
  return (
    <section class="planned">
      {ending && <p class="told">{say(W.ending)}</p>}
      <h1>{say(W.planned)}</h1>
      {list.length === 0 && <Empty says={say(W.noTour)} hint={say(W.noTourHint)} />}
      <ul>{list.map((one, index) => <Planned key={one.tour.shift} one={one} first={index === 0} />)}</ul>
    </section>
  );
}

function Awake() {
  if (!canStayAwake) return null;
  return (
    <label class="tap wide check">
      <input type="checkbox" checked={awake.value} onChange={(event) => stayAwake(event.currentTarget.checked)} />
      <span>{say(W.awake)} <span class="muted">{say(W.awakeHint)}</span></span>
    </label>
  );
}

const LOOKS: readonly (readonly [Wish, Pair])[] = [["light", W.light], ["dark", W.dark], ["auto", W.auto]];

export function Phone() {
  const [stays, setStays] = useState(false);
  const leave = async () => setStays(!(await signOut()));
  return (
    <section class="part">
      <h2>{say(W.settings)}</h2>
      <Awake />
      <div class="row" role="group" aria-label={say(W.look)}>
        {LOOKS.map(([look, says]) => (
          <button key={look} type="button" class="tap" aria-pressed={wish.value === look} onClick={() => chooseLook(look)}>{say(says)}</button>
        ))}
      </div>
      <button type="button" class="tap wide" onClick={() => chooseLanguage(language.value === "zh" ? "en" : "zh")}>{say(W.language)}</button>
      {waiting.value.length > 0 && <p class="wrong">{say(W.signOutLoses)}</p>}
      <Hold kind="small" disabled={!session.value} done={() => void leave()}>{say(W.holdSignOut)}</Hold>
      {stays && <p class="wrong" role="alert">{say(W.staysIn)}</p>}
    </section>
  );
}

/** Said after the tour's planned end. */
const overrun = signal(false);

export function TourView() {
  const on = tour.value;
  void tick.value;
  if (!on) return null;
  const ends = Date.parse(on.tour.ends);
  overrun.value = now() > ends;
  const end = () => {
    if (staff.value !== null) put(staff.value, [{ deed: "end", shift: on.tour.shift }]);
  };
  return (
    <section class="tour">
      <h1>{on.call_sign}</h1>
      <p class={overrun.value ? "wrong" : ""}>{say(overrun.value ? W.overrun : W.until, { to: shortTime(ends) })}</p>
      <p class="muted">{say(W.members, { names: members(on) })}</p>
      {task.value ? <p class="told">{say(W.onTask)}</p> : <Hold kind="small" done={end}>{say(W.holdToEnd)}</Hold>}
      <Phone />
    </section>
  );
}
