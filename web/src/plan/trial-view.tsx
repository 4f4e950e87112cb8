// What a trial came to: both plans' figures, the difference with its uncertainty, cover over the day; and both days to be watched.
import { useState } from "preact/hooks";
import { Button } from "../kit/controls";
import { lazily } from "../console/lazily";
import { areas } from "../live/board";
import { PRIORITY } from "../words/common";
import { KEPT } from "../words/patrol";
import { FIGURE, WHAT_IF as W } from "../words/plan";
import { named, number, oneOf, percent, say, type Pair } from "../words/say";
import { duration } from "../words/time";
import type { Trial } from "./runs";

const Watch = lazily(async () => (await import("./watch")).Watch);

const time = (ms: number | null | undefined): string => (ms == null ? "—" : duration(ms));
const share = (parts: number | null | undefined): string => (parts == null ? "—" : percent(parts / 10_000, 1));

type Arm = Trial["arms"][number];

function Row({ says, of, arms }: { says: string; of: (arm: Arm) => string; arms: readonly Arm[] }) {
  return <tr><th scope="row">{says}</th>{arms.map((arm) => <td key={arm.name}>{of(arm)}</td>)}</tr>;
}

function Arms({ arms }: { arms: readonly Arm[] }) {
  const priorities = arms[0]?.by_priority ?? [];
  return (
    <table class="cover-table">
      <thead><tr><th />{arms.map((arm) => <th key={arm.name} scope="col">{arm.name}</th>)}</tr></thead>
      <tbody>
        <Row says={say(W.calls2)} arms={arms} of={(arm) => number(arm.all.calls)} />
        <Row says={say(W.inTime)} arms={arms} of={(arm) => share(arm.all.in_time)} />
        <Row says={say(FIGURE.mean_ms)} arms={arms} of={(arm) => time(arm.all.mean_ms)} />
        <Row says={say(W.half)} arms={arms} of={(arm) => time(arm.all.p50_ms)} />
        <Row says={say(FIGURE.p90_ms)} arms={arms} of={(arm) => time(arm.all.p90_ms)} />
        {priorities.map((one, index) => (
          <Row key={one.priority} says={`${say((PRIORITY as Record<string, Pair>)[String(one.priority)] ?? [String(one.priority), String(one.priority)])} ≤ ${duration(one.target_ms)}`} arms={arms} of={(arm) => share(arm.by_priority[index]?.responses.in_time)} />
        ))}
        <Row says={say(W.unknown)} arms={arms} of={(arm) => number(arm.all.unknown)} />
        <Row says={say(W.units)} arms={arms} of={(arm) => number(arm.units)} />
        <Row says={say(W.km)} arms={arms} of={(arm) => number(arm.km)} />
        <Row says={say(W.busy)} arms={arms} of={(arm) => (arm.duty_hours > 0 ? percent(arm.task_hours / arm.duty_hours, 1) : "—")} />
        <Row says={say(W.regret)} arms={arms} of={(arm) => time(arm.regret_ms)} />
      </tbody>
    </table>
  );
}

function Differences({ differences, basis }: { differences: Trial["differences"]; basis: Trial["basis"] }) {
  if (differences.length === 0) return null;
  const shown = (figure: string, value: number) => (figure.endsWith("_ms") ? `${value > 0 ? "+" : ""}${number(value / 1000, 1)} s` : `${value > 0 ? "+" : ""}${number(value, 3)}`);
  return (
    <section>
      <h3>{say(W.difference)}</h3>
      <table class="cover-table">
        <tbody>
          {differences.map((one) => {
            const [from = 0, to = 0] = one.interval ?? [];
            // Repeats that are all alike have an interval without width: that says nothing of other days.
            const sure = from !== to && from * to > 0;
            return (
              <tr key={one.figure}>
                <th scope="row">{oneOf(FIGURE, one.figure)}</th>
                <td><strong>{shown(one.figure, one.difference)}</strong></td>
                <td class="faint">{one.interval ? say(W.between, { from: shown(one.figure, one.interval[0] ?? 0), to: shown(one.figure, one.interval[1] ?? 0) }) : "—"}</td>
                <td>{say(sure ? W.sure : W.notSure)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p class="faint">{say(basis === "pieces" ? W.basisDays : W.basisSeeds, { n: differences[0]?.observations ?? 0 })}</p>
    </section>
  );
}

/** The calls of the area that was asked about: how soon somebody was there under each plan, and what differs there. */
function InArea({ found, part }: { found: Trial; part: NonNullable<Trial["part"]> }) {
  const rows: [string, (of: (typeof part.arms)[number]) => string][] = [
    [say(W.calls2), (of) => number(of.all.calls)],
    [say(W.inTime), (of) => share(of.all.in_time)],
    [say(FIGURE.mean_ms), (of) => time(of.all.mean_ms)],
    [say(W.half), (of) => time(of.all.p50_ms)],
    [say(FIGURE.p90_ms), (of) => time(of.all.p90_ms)],
    [say(W.unknown), (of) => number(of.all.unknown)],
  ];
  const name = areas.value.get(part.area)?.name;
  return (
    <section>
      <h3>{say(W.inArea, { area: name ? named(name) : String(part.area) })}</h3>
      <table class="cover-table">
        <thead><tr><th />{found.arms.map((arm) => <th key={arm.name} scope="col">{arm.name}</th>)}</tr></thead>
        <tbody>{rows.map(([says, of]) => <tr key={says}><th scope="row">{says}</th>{part.arms.map((one, index) => <td key={index}>{of(one)}</td>)}</tr>)}</tbody>
      </table>
      <Differences differences={part.differences} basis={found.basis} />
    </section>
  );
}

/** The share of demand within three minutes of who is free, through the day. */
function CoverDay({ arms }: { arms: readonly Arm[] }) {
  const longest = Math.max(0, ...arms.map((arm) => arm.cover.length));
  if (longest < 2) return null;
  return (
    <figure class="week">
      <figcaption>{say(W.coverDay)}</figcaption>
      <svg viewBox="0 0 96 100" preserveAspectRatio="none" role="img" aria-label={say(W.coverDay)}>
        {arms.map((arm, index) => <polyline key={arm.name} class={index === 0 ? "as-is" : "changed"} points={arm.cover.map((look, at) => `${(at / (longest - 1)) * 96},${100 - (look[1] ?? 0) / 100}`).join(" ")} />)}
      </svg>
    </figure>
  );
}

export function TrialView({ found, run }: { found: Trial; run: number }) {
  const [watching, setWatching] = useState(false);
  return (
    <div class="trial">
      <p class="muted">{say(W.what, { day: found.days.join(", "), n: found.calls, seeds: found.seeds })}</p>
      {found.runs < found.days.length * found.seeds && <p class="state">{say(KEPT.short, { runs: found.runs, of: found.days.length * found.seeds })}</p>}
      <Differences differences={found.differences} basis={found.basis} />
      <Arms arms={found.arms} />
      {found.part && <InArea found={found} part={found.part} />}
      <CoverDay arms={found.arms} />
      <p class="faint">{say(W.coverLegend)}</p>
      <div class="row">
        <Button onClick={() => setWatching(true)}>{say(W.watch)}</Button>
        <Button onClick={() => save(found)}>{say(W.export)}</Button>
      </div>
      {watching && <Watch run={run} arms={found.arms.map((arm) => arm.name)} close={() => setWatching(false)} />}
    </div>
  );
}

/** The whole result as a file. */
function save(found: Trial): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(found, null, 2)], { type: "application/json" }));
  link.download = `what-if-${found.days[0] ?? ""}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
