// Having posts chosen: what to aim at, how many, what stays, what it may take; the run with its falling gap.
import { useEffect } from "preact/hooks";
import { api, outcome } from "../api/client";
import { Button, Fault, Input, Select } from "../kit/controls";
import { AIM, FIND as F } from "../words/plan";
import { say } from "../words/say";
import { LEAST, LIMIT as L } from "../words/siting";
import { Came } from "./came";
import { within } from "./draft";
import { Barred, Floors, Standing } from "./find-places";
import { ByHour } from "./find-hours";
import { Progress } from "./progress";
import { siting } from "./runs";
import { bodyOf, grades, kept, set, sources, wish, type Aim } from "./wish";

const amount = { type: "number", min: 0, inputmode: "numeric" } as const;

/** Minutes for each grade of place that has any demand. */
function Minutes() {
  const meant = grades.value.filter((one) => one.demand > 0);
  return (
    <>
      {meant.map((one) => (
        <Input key={one.grade} label={say(L.grade, { grade: one.grade })} type="number" min={1} max={60} placeholder={String(one.minutes)}
          value={wish.value.minutes[one.grade] ?? ""} onValue={(minutes) => set({ minutes: { ...wish.value.minutes, [one.grade]: minutes } })} />
      ))}
    </>
  );
}

/** What the aim itself asks for. */
function AimFields() {
  const of = wish.value;
  return (
    <>
      {(of.aim === "set" || of.aim === "double") && <Input label={L.share} type="number" min={0} max={100} value={of.share} onValue={(share) => set({ share })} />}
      {of.aim === "set" && <Select label={L.least} value={of.least} onValue={(least) => set({ least: least as keyof typeof LEAST })} options={(Object.keys(LEAST) as (keyof typeof LEAST)[]).map((one) => [one, say(LEAST[one])] as const)} />}
      {of.aim === "mexclp" && <Input label={L.busy} type="number" min={0} max={99} value={of.busy} onValue={(busy) => set({ busy })} />}
    </>
  );
}

function Limits() {
  const of = wish.value;
  const none = say(L.noLimit);
  return (
    <details>
      <summary>{say(L.limits)}</summary>
      <div class="fields">
        <Input {...amount} label={L.money} placeholder={none} value={of.money} onValue={(money) => set({ money })} />
        <Input {...amount} label={L.staff} placeholder={none} value={of.staff} onValue={(staff) => set({ staff })} />
        <Input {...amount} label={L.outer} hint={L.outerHint} placeholder={none} value={of.outer} onValue={(outer) => set({ outer })} />
      </div>
      <fieldset>
        <legend>{say(L.added)}</legend>
        <div class="fields">
          <Input {...amount} label={L.takesMoney} value={of.added.money} onValue={(money) => set({ added: { ...of.added, money } })} />
          <Input {...amount} label={L.takesStaff} value={of.added.staff} onValue={(staff) => set({ added: { ...of.added, staff } })} />
          <Input {...amount} label={L.capacity} hint={L.capacityHint} placeholder={none} value={of.added.capacity} onValue={(capacity) => set({ added: { ...of.added, capacity } })} />
        </div>
      </fieldset>
    </details>
  );
}

/** What the form has to know: the grades of the area, and days of calls. */
function useKnown(): void {
  const area = within.value;
  useEffect(() => {
    let gone = false;
    void outcome(api.POST("/api/v1/planning/candidates", { body: { area, streets: 0, sites: true, places: [] } })).then((found) => {
      if (!gone && found.ok) grades.value = found.value.grades;
    });
    return () => void (gone = true);
  }, [area]);
  useEffect(() => {
    void outcome(api.GET("/api/v1/whatif/days")).then((found) => {
      if (!found.ok) return;
      sources.value = found.value.filter((one) => one.days.length > 0);
      if (!wish.value.source) set({ source: sources.value[0]?.source ?? "" });
    });
  }, []);
}

export function Find() {
  useKnown();
  const of = wish.value;
  const run = siting.run.value;
  const start = (event: Event) => {
    event.preventDefault();
    void siting.start(outcome(api.POST("/api/v1/planning/runs", { body: bodyOf(wish.value) })));
  };
  return (
    <details class="find" open={run !== null}>
      <summary>{say(F.title)}</summary>
      <form class="stack" onSubmit={start}>
        <div class="fields">
          <Select label={F.aim} value={of.aim} onValue={(aim) => set({ aim: aim as Aim })} options={(Object.keys(AIM) as (keyof typeof AIM)[]).map((one) => [one, say(AIM[one])] as const)} />
          {of.aim !== "set" && <Input label={kept.value.length > 0 ? F.more : F.choose} type="number" min={0} max={500} value={String(of.more)} onValue={(more) => set({ more: Number(more) })} />}
          <Minutes />
          <AimFields />
          <Input label={F.streets} type="number" min={0} max={5000} value={String(of.streets)} onValue={(streets) => set({ streets: Number(streets) })} />
          <Input label={F.days} hint={F.daysHint} value={of.days} onValue={(days) => set({ days })} placeholder="2024-01-08" />
        </div>
        <label class="check"><input type="checkbox" checked={of.sites} onChange={(event) => set({ sites: event.currentTarget.checked })} /> {say(F.sites)}</label>
        <Standing />
        <Barred />
        <Limits />
        <Floors />
        <ByHour />
        <Button type="submit" kind="first" disabled={siting.going}>{say(F.go)}</Button>
      </form>
      {siting.problem.value && <Fault problem={siting.problem.value} />}
      <Progress of={siting} />
      {siting.result.value && run && <Came found={siting.result.value} run={run.run} />}
    </details>
  );
}
