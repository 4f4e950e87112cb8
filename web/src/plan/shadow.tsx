// A policy that is watched beside those who send units: on and off for a while, and how it differs from what they did.
import { useCallback, useEffect, useState } from "preact/hooks";
import { api, outcome, persist, type Problem, type Schemas } from "../api/client";
import { go } from "../app/where";
import { Button, Empty, Fault, Loading, Select } from "../kit/controls";
import { done, failed } from "../kit/toasts";
import { mayPlan } from "../live/session";
import { chosen } from "../map/state";
import { PRIORITY } from "../words/common";
import { POLICY } from "../words/plan";
import { number, oneOf, percent, say, type Pair } from "../words/say";
import { SHADOW as W } from "../words/shadow";
import { dayTime } from "../words/time";

type Shadow = Schemas["ShadowDoc"];
type Row = Shadow["rows"][number];

const HOUR = 3_600_000;
const LASTS = [[1, W.hour], [8, W.tour], [24, W.day], [168, W.week], [672, W.weeks]] as const;
const EVERY = 10_000;

const lasts = (): [string, string][] => LASTS.map(([hours, name]) => [String(hours), say(name)]);
const seconds = (ms: number): string => `${ms > 0 ? "+" : ""}${number(ms / 1000, 1)} s`;
const points = (parts: number): string => `${parts > 0 ? "+" : ""}${percent(parts / 10_000, 2)}`;

function later(row: Row): string {
  if (row.later_ms == null) return "—";
  const mean = seconds(row.later_ms);
  return row.within_ms == null ? say(W.unsure, { mean }) : say(W.within, { mean, half: `${number(row.within_ms / 1000, 1)} s` });
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const urgency = (of: number) => say((PRIORITY as Record<string, Pair>)[String(of)] ?? [String(of), String(of)]);
  return (
    <>
      {rows.map((row) => (
        <table class="cover-table" key={`${row.policy} ${row.priority}`}>
          <caption>{oneOf(POLICY, row.policy)} · {urgency(row.priority)}</caption>
          <tbody>
            <tr><th scope="row">{say(W.compared)}</th><td>{number(row.compared)}</td></tr>
            <tr><th scope="row">{say(W.agreed)}</th><td>{percent(row.agreed / Math.max(1, row.compared), 0)}</td></tr>
            <tr><th scope="row">{say(W.later)}</th><td>{later(row)}</td></tr>
            <tr><th scope="row">{say(W.kept)}</th><td>{points(row.kept[2] ?? 0)}</td></tr>
          </tbody>
        </table>
      ))}
      <p class="faint">{say(W.basis)}</p>
    </>
  );
}

function Differed({ of }: { of: Shadow["differed"] }) {
  if (of.length === 0) return null;
  return (
    <details class="differed">
      <summary>{say(W.differed, { n: of.length })}</summary>
      <ul>
        {of.map((one) => (
          <li key={`${one.incident} ${one.unit}`}>
            <a href="/" onClick={(event) => { event.preventDefault(); chosen.value = { incident: one.incident }; go("/"); }}>{say(W.incident, { n: one.incident })}</a>
            {" · "}{say(W.sent, { unit: one.call_sign })}
            {" · "}{one.would_call_sign == null ? say(W.nobody) : say(W.would, { unit: one.would_call_sign })}
            {one.later_ms != null && <>{" · "}{seconds(one.later_ms)}</>}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Choose({ policies, then }: { policies: readonly string[]; then: () => void }) {
  const [policy, setPolicy] = useState(policies[0] ?? "");
  const [hours, setHours] = useState("168");
  const watch = async () => {
    const body = { policy, lasts_ms: Number(hours) * HOUR };
    const found = await persist((k) => api.POST("/api/v1/whatif/shadow", { params: { header: { "Idempotency-Key": k } }, body }));
    if (found.ok) done(say(W.watched, { policy: oneOf(POLICY, policy) }));
    else failed(found.problem);
    then();
  };
  return (
    <form class="fields" onSubmit={(event) => { event.preventDefault(); void watch(); }}>
      <Select label={W.policy} value={policy} onValue={setPolicy} options={policies.map((one) => [one, oneOf(POLICY, one)] as const)} />
      <Select label={W.lasts} value={hours} onValue={setHours} options={lasts()} />
      <Button type="submit">{say(W.watch)}</Button>
    </form>
  );
}

async function end(then: () => void): Promise<void> {
  const found = await persist((k) => api.POST("/api/v1/whatif/shadow/end", { params: { header: { "Idempotency-Key": k } }, body: {} }));
  if (found.ok) done(say(W.ended));
  else failed(found.problem);
  then();
}

function Now({ found, then }: { found: Shadow; then: () => void }) {
  const { now } = found;
  if (!now) return <p class="state">{say(W.none)}</p>;
  return (
    <div class="stack">
      <p>{say(W.now, { policy: oneOf(POLICY, now.policy), since: dayTime(now.since), until: dayTime(now.until), who: now.by })}</p>
      {mayPlan.value && <Button onClick={() => void end(then)}>{say(W.end)}</Button>}
    </div>
  );
}

export function ShadowSection() {
  const [found, setFound] = useState<Shadow | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [hours, setHours] = useState("168");
  const look = useCallback(() => {
    const from = new Date(Date.now() - Number(hours) * HOUR).toISOString();
    void outcome(api.GET("/api/v1/whatif/shadow", { params: { query: { from } } })).then((said) => {
      if (said.ok) setFound(said.value);
      setProblem(said.ok ? null : said.problem);
    });
  }, [hours]);
  useEffect(() => {
    look();
    const again = setInterval(look, EVERY);
    return () => clearInterval(again);
  }, [look]);
  return (
    <section class="stack shadow" aria-label={say(W.title)}>
      <h3>{say(W.title)}</h3>
      <p class="faint">{say(W.hint)}</p>
      {problem && <Fault problem={problem} again={look} />}
      {!found && !problem && <Loading />}
      {found && <Now found={found} then={look} />}
      {found && mayPlan.value && <Choose policies={found.policies} then={look} />}
      {found && <Select label={W.period} value={hours} onValue={setHours} options={lasts()} />}
      {found && (found.rows.length > 0 ? <Rows rows={found.rows} /> : <Empty says={say(W.nothing)} hint={say(W.nothingHint)} />)}
      {found && <Differed of={found.differed} />}
    </section>
  );
}
