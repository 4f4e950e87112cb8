// Tours of duty, a week at a time: planned, copied from the day before, done without.
import { useMemo, useState } from "preact/hooks";
import { api } from "../api/client";
import type { Shift, Unit } from "../api/documents";
import { Button, Empty, Input } from "../kit/controls";
import { done, failed } from "../kit/toasts";
import { collate } from "../live/board";
import { now } from "../live/clock";
import { T, U } from "../words/planning";
import { say } from "../words/say";
import { S } from "../words/settings";
import { day, forField, fromField, shortTime, weekDay } from "../words/time";
import { detailOf } from "../words/told";
import { everything, Shown, useAsked, type Asked } from "./asked";
import { Long, Sure } from "./long";
import { TourSheet } from "./tour";
import { DAY, daysLater, planAll, TourForm, type TourBody } from "./tour-form";
import { useUnits } from "./units";

const midnight = (at: number): string => `${forField(at).slice(0, 10)}T00:00`;
/** Monday's midnight of the week of an instant, in the city's zone. */
function monday(at: number): number {
  const field = midnight(at);
  const weekday = (new Date(`${field.slice(0, 10)}T12:00:00Z`).getUTCDay() + 6) % 7;
  return daysLater(field, -weekday) ?? at;
}

/** Seven midnights and the one after. */
const nights = (start: number): number[] => Array.from({ length: 8 }, (_, at) => daysLater(midnight(start), at) ?? start + at * DAY);

function Cell({ tours, from, to, open }: { tours: readonly Shift[]; from: number; to: number; open: (tour: Shift) => void }) {
  const here = tours.filter((one) => Date.parse(one.starts) < to && Date.parse(one.starts) >= from);
  return (
    <td>
      {here.map((one) => (
        <button key={one.shift} type="button" class={one.began ? "tour on" : "tour"} title={one.members.map((member) => member.staff).join(", ")} onClick={() => open(one)}>
          {shortTime(one.starts)}–{shortTime(one.ends)}
        </button>
      ))}
    </td>
  );
}

/** What yesterday had and today lacks, a day later. */
function copies(tours: readonly Shift[]): TourBody[] {
  const today = fromField(midnight(now())) ?? now();
  const [before, after] = [daysLater(midnight(today), -1) ?? today - DAY, daysLater(midnight(today), 1) ?? today + DAY];
  const on = (from: number, to: number) => tours.filter((one) => Date.parse(one.starts) >= from && Date.parse(one.starts) < to);
  const later = (text: string) => new Date(daysLater(forField(Date.parse(text)), 1) ?? Date.parse(text) + DAY).toISOString();
  return on(before, today)
    .map((one) => ({ unit: one.unit, members: one.members, starts: later(one.starts), ends: later(one.ends), waived: null }))
    .filter((body) => !on(today, after).some((one) => one.unit === body.unit && Date.parse(one.starts) === Date.parse(body.starts)));
}

function ofUnits(tours: readonly Shift[]): ReadonlyMap<number, Shift[]> {
  const found = new Map<number, Shift[]>();
  for (const tour of tours) found.set(tour.unit, [...(found.get(tour.unit) ?? []), tour]);
  return found;
}

type Open = { what: "plan"; unit: number | null; day: number } | { what: "tour"; tour: Shift } | { what: "copy"; bodies: TourBody[] } | null;

function Week({ units, tours, again }: { units: readonly Unit[]; tours: readonly Shift[]; again: () => void }) {
  const [start, setStart] = useState(() => monday(now()));
  const [wanted, setWanted] = useState("");
  const [open, setOpen] = useState<Open>(null);
  const bounds = useMemo(() => nights(start), [start]);
  const sorted = useMemo(() => [...units].sort((a, b) => collate(a.call_sign, b.call_sign)), [units]);
  const byUnit = useMemo(() => ofUnits(tours), [tours]);
  const found = sorted.filter((one) => one.call_sign.toLowerCase().includes(wanted.trim().toLowerCase()));
  const move = (days: number) => setStart(daysLater(midnight(start), days) ?? start);
  const copy = async (bodies: TourBody[]) => {
    setOpen(null);
    const result = await planAll(bodies);
    if (result.planned > 0) done(say(T.copied, { n: result.planned }));
    if (result.problem) failed(say(T.notAll, { n: bodies.length - result.planned, all: bodies.length, why: detailOf(result.problem) }));
    again();
  };
  const ask = () => {
    const bodies = copies(tours);
    if (bodies.length === 0) done(say(T.nothing));
    else setOpen({ what: "copy", bodies });
  };
  const close = () => setOpen(null);
  return (
    <section>
      <div class="tools">
        <Button icon label={say(T.before)} onClick={() => move(-7)}>‹</Button>
        <Button onClick={() => setStart(monday(now()))}>{say(T.today)}</Button>
        <Button icon label={say(T.after)} onClick={() => move(7)}>›</Button>
        <strong aria-live="polite">{say(T.week, { day: day(start) })}</strong>
        <span class="grow" />
        <Button onClick={ask}>{say(T.copy)}</Button>
        <Button kind="first" onClick={() => setOpen({ what: "plan", unit: null, day: Math.max(start, now()) })}>{say(T.plan)}</Button>
      </div>
      <div class="tools"><Input label={T.find} type="search" value={wanted} onValue={setWanted} autocomplete="off" /></div>
      {found.length === 0 ? <Empty says={say(T.none)} /> : (
        <Long rows={found} of={`${say(S.tours)} ${wanted}`}>
          {(shown) => (
            <table class="week">
              <thead><tr><th>{say(U.unit)}</th>{bounds.slice(0, 7).map((at) => <th key={at}>{weekDay(at)}</th>)}</tr></thead>
              <tbody>
                {shown.map((unit) => (
                  <tr key={unit.unit}>
                    <th><button type="button" class="button plain" aria-label={`${say(T.plan)}: ${unit.call_sign}`} onClick={() => setOpen({ what: "plan", unit: unit.unit, day: Math.max(start, now()) })}>{unit.call_sign}</button></th>
                    {bounds.slice(0, 7).map((at, index) => (
                      <Cell key={at} tours={byUnit.get(unit.unit) ?? []} from={at} to={bounds[index + 1] ?? at + DAY} open={(tour) => setOpen({ what: "tour", tour })} />
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Long>
      )}
      {open?.what === "plan" && <TourForm units={sorted} unit={open.unit} day={open.day} close={close} planned={again} />}
      {open?.what === "tour" && <TourSheet tour={open.tour} unit={units.find((one) => one.unit === open.tour.unit)?.call_sign ?? ""} close={close} changed={again} />}
      {open?.what === "copy" && <Sure says={say(T.copySure, { n: open.bodies.length })} act={say(T.copy)} doIt={() => void copy(open.bodies)} close={close} />}
    </section>
  );
}

export function ToursPage() {
  const units = useUnits();
  const tours: Asked<Shift[]> = useAsked(() => everything<Shift>((cursor) => api.GET("/api/v1/shifts", { params: { query: { cursor: cursor ?? null, limit: 1000 } } })));
  return <Shown asked={units}>{(list) => <Shown asked={tours}>{(shifts) => <Week units={list} tours={shifts} again={tours.again} />}</Shown>}</Shown>;
}
