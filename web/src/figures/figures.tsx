// What was done, in figures: how soon units were there, how the day went, what each unit did. Each with how much of it is known.
import { useEffect, useRef, useState } from "preact/hooks";
import { api, outcome, type Problem, type Schemas } from "../api/client";
import { Empty, Fault, Input, Loading, Select } from "../kit/controls";
import { Button } from "../kit/controls";
import { areas } from "../live/board";
import { now, tick } from "../live/clock";
import { FIGURES } from "../words/figures";
import { named, number, percent, say } from "../words/say";
import { forField, fromField } from "../words/time";
import "./figures.css";
import { Dispatches, OverDay, Response, Workload } from "./parts";

export type Statistics = Schemas["StatisticsDoc"];

const DAY = 24 * 3_600_000;

/** Midnight in the city, `back` days ago. */
const midnight = (back: number): string => `${forField(now() - back * DAY).slice(0, 10)}T00:00`;

interface Period { from: string; until: string }

const PERIODS = {
  today: (): Period => ({ from: midnight(0), until: midnight(-1) }),
  yesterday: (): Period => ({ from: midnight(1), until: midnight(0) }),
  week: (): Period => ({ from: midnight(6), until: midnight(-1) }),
};

/** What changes by the minute is asked for again so often. */
const AGAIN = 30_000;

function useStatistics(period: Period, area: string): { found: Statistics | null; problem: Problem | null } {
  const [found, setFound] = useState<Statistics | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const turn = useRef(0);
  useEffect(() => {
    const mine = ++turn.current;
    let timer: ReturnType<typeof setTimeout>;
    const [from, until] = [fromField(period.from), fromField(period.until)];
    const load = async () => {
      if (from === null || until === null || until <= from) return;
      const query = { from: new Date(from).toISOString(), until: new Date(until).toISOString(), ...(area && { area: Number(area) }) };
      const result = await outcome(api.GET("/api/v1/statistics", { params: { query } }));
      if (mine !== turn.current) return;
      if (result.ok) setFound(result.value);
      setProblem(result.ok ? null : result.problem);
      timer = setTimeout(() => void load(), result.ok ? AGAIN : 3_000);
    };
    void load();
    return () => clearTimeout(timer);
  }, [period.from, period.until, area]);
  return { found, problem };
}

function Filter({ period, area, setPeriod, setArea }: {
  period: Period; area: string; setPeriod: (period: Period) => void; setArea: (area: string) => void;
}) {
  const list = [...areas.value.values()].filter((one) => one.level !== "grid_cell" || areas.value.size < 60);
  return (
    <div class="figures-filter">
      {(Object.keys(PERIODS) as (keyof typeof PERIODS)[]).map((one) => {
        const wanted = PERIODS[one]();
        const on = wanted.from === period.from && wanted.until === period.until;
        return <Button key={one} pressed={on} onClick={() => setPeriod(wanted)}>{say(FIGURES[one])}</Button>;
      })}
      <Input label={FIGURES.from} type="datetime-local" value={period.from} onValue={(from) => setPeriod({ ...period, from })} />
      <Input label={FIGURES.until} type="datetime-local" value={period.until} onValue={(until) => setPeriod({ ...period, until })} />
      <Select label={FIGURES.area} value={area} onValue={setArea} options={list.map((one): [string, string] => [one.area === 0 ? "" : String(one.area), named(one.name)])} />
    </div>
  );
}

function Body({ found }: { found: Statistics }) {
  if (found.incidents.reports === 0 && found.workload.length === 0) return <Empty says={say(FIGURES.nothing)} />;
  return (
    <>
      <Response found={found} />
      <OverDay found={found} />
      <Workload found={found} />
      <Dispatches found={found} />
      <p class="faint">{say(FIGURES.means)}</p>
    </>
  );
}

export function Figures() {
  const [period, setPeriod] = useState<Period | null>(null);
  const [area, setArea] = useState("");
  // The zone of the city is known once the line stands: midnight is its midnight.
  useEffect(() => {
    if (areas.value.size > 0 && !period) setPeriod(PERIODS.today());
  }, [tick.value]);
  const { found, problem } = useStatistics(period ?? { from: "", until: "" }, area);
  if (!period) return <main class="figures"><Loading /></main>;
  return (
    <main class="figures">
      <header>
        <h1>{say(FIGURES.figures)}</h1>
        {found && <p class="muted">{say(FIGURES.asOf, { seq: number(found.seq), share: found.completeness == null ? "—" : percent(found.completeness / 10_000) })}</p>}
      </header>
      <Filter period={period} area={area} setPeriod={setPeriod} setArea={setArea} />
      {problem && (problem.status === 503 ? <p role="status">{say(FIGURES.still)}</p> : <Fault problem={problem} />)}
      {found ? <Body found={found} /> : !problem && <Loading />}
    </main>
  );
}
