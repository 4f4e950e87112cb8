// What must not be missed: officers' calls for help and clocks that ring, at a place that is always there, with a sound of its own each.
// Nothing here goes away by itself: only an answer, or the end of the cause, takes it off.
import { effect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { RunningClock, Sos } from "../api/documents";
import { listen } from "../app/keys";
import { Button } from "../kit/controls";
import { clocks, sos } from "../live/board";
import { now, tick } from "../live/clock";
import { mayDispatch } from "../live/session";
import { show } from "../map/state";
import { ALARM, CLOCK } from "../words/operate";
import { oneOf, say } from "../words/say";
import { duration } from "../words/time";
import { ask } from "./ask";
import { incidentOf, openIncident, openUnit, ringing } from "./desk";
import { answer, called, clockKind, clockOf, closeSos, numbered } from "./orders";
import { chime, siren } from "./sounds";

/** Whether anybody has answered an officer's call: its clock rings until then. */
const unanswered = (one: Sos): boolean =>
  clocks.value.some((running) => clockKind(running.clock) === "sos" && clockOf(running.clock) === one.sos && running.told > 0);

function whom(running: RunningClock): string {
  const number = clockOf(running.clock);
  if (clockKind(running.clock) === "unanswered") return numbered(number);
  const incident = incidentOf(running.clock);
  return incident === null ? called(number) : `${called(number)} ${numbered(incident)}`;
}

function go(running: RunningClock): void {
  const incident = incidentOf(running.clock);
  if (incident !== null) openIncident(incident);
  else openUnit(clockOf(running.clock));
}

function goSos(one: Sos): void {
  openUnit(one.unit);
  if (one.at) show(one.at as [number, number], 16);
}

function SosAlarm({ one }: { one: Sos }) {
  void tick.value;
  const rings = unanswered(one);
  const end = () => ask({ ask: "disposition", title: ALARM.closeSos, then: (how) => void closeSos(one.sos, how) });
  return (
    <li class={`sos ${rings ? "rings" : ""}`}>
      <button type="button" onClick={() => goSos(one)}>
        <strong>{say(ALARM.sos, { unit: called(one.unit) })}</strong>
        <span>{duration(now() - Date.parse(one.raised))}</span>
        {one.calls > 1 && <span>{say(ALARM.sosCalls, { n: one.calls })}</span>}
      </button>
      {mayDispatch.value && (rings
        ? <Button press="a" onClick={() => void answer({ sos: one.sos })}>{say(ALARM.answer)}</Button>
        : <Button onClick={end}>{say(ALARM.closeSos)}</Button>)}
    </li>
  );
}

function ClockAlarm({ running, first }: { running: RunningClock; first: boolean }) {
  return (
    <li class={`clock told-${Math.min(3, running.told)}`}>
      <button type="button" onClick={() => go(running)}>
        {say(ALARM.rings, { what: oneOf(CLOCK, clockKind(running.clock)), whom: whom(running) })}
      </button>
      {mayDispatch.value && <Button press={first ? "a" : undefined} onClick={() => void answer(running.clock)}>{say(ALARM.answer)}</Button>}
    </li>
  );
}

function answerFirst(): void {
  const help = sos.value.find(unanswered);
  if (help) return void answer({ sos: help.sos });
  const first = ringing.value[0];
  if (first) void answer(first.clock);
}

function goFirst(): void {
  const help = sos.value[0];
  if (help) return goSos(help);
  const first = ringing.value[0];
  if (first) go(first);
}

/** What has sounded already, so that a change elsewhere sounds nothing anew. */
let heard = new Map<string, number>();

function sound(): () => void {
  const stop = effect(() => {
    siren(sos.value.some(unanswered));
    const next = new Map(ringing.value.map((one) => [JSON.stringify(one.clock), one.told] as const));
    const louder = [...next].filter(([clock, told]) => told > (heard.get(clock) ?? 0));
    if (louder.length > 0) chime(Math.max(...louder.map(([, told]) => told)));
    heard = next;
  });
  return () => {
    stop();
    siren(false);
  };
}

/** Alarms shown at once; the others are counted. */
const SHOWN = 2;

export function Alarms() {
  useEffect(sound, []);
  useEffect(
    () => listen(ALARM.alarms, [
      { press: "a", says: ALARM.answerFirst, run: answerFirst },
      { press: "s", says: ALARM.goFirst, run: goFirst },
    ]),
    [],
  );
  const [help, rung] = [sos.value, ringing.value];
  const shown = rung.slice(0, Math.max(0, SHOWN - help.length));
  const answerable = help.some(unanswered);
  return (
    <section class="alarms" aria-label={say(ALARM.alarms)} aria-live="assertive">
      {help.length + rung.length === 0 && <span class="faint">{say(ALARM.none)}</span>}
      <ul>
        {help.map((one) => <SosAlarm key={one.sos} one={one} />)}
        {shown.map((one, index) => <ClockAlarm key={JSON.stringify(one.clock)} running={one} first={index === 0 && !answerable} />)}
      </ul>
      {rung.length > shown.length && <Button kind="plain" press="s" onClick={goFirst}>{say(ALARM.more, { n: rung.length - shown.length })}</Button>}
    </section>
  );
}
