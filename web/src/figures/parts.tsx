// The parts of the page of figures.
import { Priority } from "../kit/marks";
import { FIGURES } from "../words/figures";
import { number, percent, say } from "../words/say";
import { duration, shortTime } from "../words/time";
import { Chart } from "./chart";
import type { Statistics } from "./figures";

const HOUR = 3_600_000;

/** Longer than that is not drawn: the table beside tells of it. */
const LONGEST_S = 1_800;

export function Response({ found }: { found: Statistics }) {
  const all = found.response.filter((one) => one.incidents > 0);
  const edges = found.buckets_s.filter((edge) => edge <= LONGEST_S);
  // The share of all that were there by each edge: what is unknown was not there by any.
  const curves = all.map((one) => {
    const laps = one.received_on_scene;
    const of = laps.known + laps.unknown;
    let sum = 0;
    return [0, ...edges.map((_, index) => (sum += laps.counts[index] ?? 0))].map((count) => (of === 0 ? null : count / of));
  });
  if (all.length === 0) {
    return (
      <section>
        <h2>{say(FIGURES.response)}</h2>
        <p class="faint">{say(FIGURES.noIncidents)}</p>
      </section>
    );
  }
  return (
    <section>
      <h2>{say(FIGURES.response)}</h2>
      <p class="faint">{say(FIGURES.responseHint)}</p>
      <div class="figures-pair">
        <Chart
          label={say(FIGURES.response)} x={[0, ...edges.map((edge) => edge / 60)]} values={curves} max={1}
          lines={all.map((one) => ({ label: `${say(FIGURES.priority)} ${one.priority}`, colour: `p${one.priority}` }))}
          steps={[1, 2, 5, 10]} tick={(minutes) => `${number(minutes, 1)} ${say(FIGURES.minutes)}`} show={(share) => percent(share)}
        />
        <div class="table">
          <table>
            <thead>
              <tr>
                <th>{say(FIGURES.priority)}</th><th class="number">{say(FIGURES.incidents)}</th><th class="number">{say(FIGURES.sentAfter)}</th>
                <th class="number">{say(FIGURES.p50)}</th><th class="number">{say(FIGURES.p90)}</th><th class="number">{say(FIGURES.within)}</th>
                <th class="number">{say(FIGURES.unknown)}</th>
              </tr>
            </thead>
            <tbody>
              {all.map((one) => {
                const there = one.received_on_scene;
                const time = (ms: number | null | undefined) => (ms == null ? "—" : duration(ms));
                return (
                  <tr key={one.priority}>
                    <td><Priority value={one.priority} /></td><td class="number">{number(one.incidents)}</td>
                    <td class="number">{time(one.received_dispatched.p50_ms)}</td>
                    <td class="number">{time(there.p50_ms)}</td><td class="number">{time(there.p90_ms)}</td>
                    <td class="number">{there.rated === 0 ? "—" : there.within.map((each) => percent(each / there.rated)).join(" / ")}</td>
                    <td class="number">{number(there.unknown)}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}

export function OverDay({ found }: { found: Statistics }) {
  const from = Date.parse(found.from);
  const every = found.free.every_ms;
  const hours = found.hours.covered_ms.length;
  const taken = Array.from({ length: hours }, (_, hour) =>
    found.hours.covered_ms[hour] === 0 ? null : found.hours.by_kind.reduce((sum, kind) => sum + (kind.counts[hour] ?? 0), 0));
  const free = found.free.units;
  const at = (index: number) => from + index * every;
  // Both on the finer steps: a bar or a step of an hour holds for its hour.
  const hour = (index: number) => Math.floor((at(index) - from) / HOUR);
  const x = free.map((_, index) => at(index));
  return (
    <section>
      <h2>{say(FIGURES.overDay)}</h2>
      <p class="faint">{say(FIGURES.freeHint, { m: every / 60_000 })}</p>
      <Chart
        label={say(FIGURES.overDay)} x={x}
        values={[free.map((units) => units ?? null), x.map((_, index) => found.hours.open[hour(index)] ?? null), x.map((_, index) => taken[hour(index)] ?? null)]}
        lines={[
          { label: say(FIGURES.free), colour: "available" },
          { label: say(FIGURES.open), colour: "danger", stepped: true },
          { label: say(FIGURES.taken), colour: "ink-3", stepped: true, dash: [4, 3] },
        ]}
        steps={[1, 2, 3, 6, 12, 24, 48].map((hours) => hours * HOUR)} tick={(instant) => shortTime(instant)} show={(value) => number(value)}
      />
    </section>
  );
}

/** Units shown at once: the busiest. */
const MOST = 40;

export function Workload({ found }: { found: Statistics }) {
  const all = found.workload.filter((one) => one.on_duty_ms > 0).sort((a, b) => b.busy_ms - a.busy_ms);
  const shown = all.slice(0, MOST);
  return (
    <section>
      <h2>{say(FIGURES.work)} <span class="faint">{shown.length < all.length ? `${shown.length}/${number(all.length)}` : number(all.length)}</span></h2>
      <div class="table">
        <table>
          <thead><tr><th>{say(FIGURES.unit)}</th><th class="number">{say(FIGURES.tasks)}</th><th class="number">{say(FIGURES.busy)}</th><th class="number">{say(FIGURES.duty)}</th><th>{say(FIGURES.share)}</th></tr></thead>
          <tbody>
            {shown.map((one) => {
              const share = one.busy_ms / one.on_duty_ms;
              return (
                <tr key={one.unit}>
                  <td><strong>{one.call_sign}</strong></td><td class="number">{number(one.tasks)}</td>
                  <td class="number">{duration(one.busy_ms)}</td><td class="number">{duration(one.on_duty_ms)}</td>
                  <td class="share"><span class="share-bar" style={{ width: `${Math.min(100, share * 100)}%` }} /><span>{percent(share)}</span></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

export function Dispatches({ found }: { found: Statistics }) {
  const { all, advised, took_first, regret_ms, regret_p50_ms } = found.dispatches;
  if (all === 0) return null;
  return (
    <section>
      <h2>{say(FIGURES.dispatches)}</h2>
      <p>{say(FIGURES.dispatchesSay, { all, advised, first: took_first, p50: regret_p50_ms == null ? "—" : duration(regret_p50_ms), sum: duration(regret_ms) })}</p>
    </section>
  );
}
