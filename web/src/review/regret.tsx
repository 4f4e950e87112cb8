// What was done against what was best: for each unit that was sent, the times of those compared then, as the record has them.
import { useEffect, useState } from "preact/hooks";
import { api, outcome, type Problem } from "../api/client";
import type { Incident, Recorded } from "../api/documents";
import { Fault } from "../kit/controls";
import { now } from "../live/clock";
import { called } from "../operate/orders";
import { REVIEW } from "../words/review";
import { say } from "../words/say";
import { clockTime, duration } from "../words/time";

interface Compared { unit: number; travel: number | null }
interface Sent { at: string; unit: number; took: Compared | null; best: Compared | null; compared: number }

type Candidate = { unit: number; travel?: number | null };

/** The dispatches of an incident in some records. */
function dispatches(records: readonly Recorded[], incident: number): Sent[] {
  return records.flatMap((record) =>
    (record.events as Record<string, Record<string, unknown>>[]).flatMap((event) => {
      const [name, fields] = Object.entries(event)[0] ?? [];
      if (!name?.startsWith("unit_dispatched.") || fields?.["incident"] !== incident) return [];
      const advice = fields["advice"] as { candidates: Candidate[] } | null;
      const all = (advice?.candidates ?? []).map((one): Compared => ({ unit: one.unit, travel: one.travel ?? null }));
      const timed = all.filter((one) => one.travel !== null).sort((a, b) => (a.travel ?? 0) - (b.travel ?? 0));
      const unit = Number(fields["unit"]);
      return [{ at: record.at, unit, took: all.find((one) => one.unit === unit) ?? null, best: timed[0] ?? null, compared: all.length }];
    }),
  );
}

async function load(one: Incident): Promise<{ sent: Sent[] } | { problem: Problem }> {
  const until = new Date(one.since ? Math.min(Date.parse(one.since), now()) : now()).toISOString();
  const sent: Sent[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 50; pages += 1) {
    const after = new Date(Date.parse(one.opened) - 1).toISOString();
    const query: { cursor?: string; after?: string; until: string; limit: number } = cursor ? { cursor, until, limit: 1000 } : { after, until, limit: 1000 };
    const found = await outcome(api.GET("/api/v1/review/records", { params: { query } }));
    if (!found.ok) return { problem: found.problem };
    sent.push(...dispatches(found.value.items as Recorded[], one.incident));
    cursor = found.value.next ?? null;
    if (!cursor) break;
  }
  return { sent };
}

function Row({ one }: { one: Sent }) {
  const time = (each: Compared | null) => (each?.travel == null ? "—" : duration(each.travel));
  const regret = one.took?.travel != null && one.best?.travel != null ? one.took.travel - one.best.travel : null;
  return (
    <tr>
      <td>{clockTime(one.at)}</td>
      <td>{called(one.unit)} <span class="muted">{time(one.took)}</span></td>
      <td>{one.best ? <>{called(one.best.unit)} <span class="muted">{time(one.best)}</span></> : "—"}</td>
      <td class={`number ${regret ? "regret" : ""}`}>{regret === null ? "—" : regret === 0 ? "0" : `+${duration(regret)}`}</td>
    </tr>
  );
}

export function Regret({ one }: { one: Incident }) {
  const [sent, setSent] = useState<Sent[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    let mine = true;
    void load(one).then((found) => {
      if (!mine) return;
      setProblem("problem" in found ? found.problem : null);
      setSent("sent" in found ? found.sent : null);
    });
    return () => {
      mine = false;
    };
  }, [one.incident, one.assignments.length]);
  if (problem) return <Fault problem={problem} />;
  if (!sent) return null;
  return (
    <section>
      <h3>{say(REVIEW.regret)}</h3>
      {sent.length === 0 ? <p class="faint">{say(REVIEW.noDispatch)}</p> : (
        <table class="regrets">
          <thead>
            <tr><th>{say(REVIEW.when)}</th><th>{say(REVIEW.sent)}</th><th>{say(REVIEW.best)}</th><th class="number">{say(REVIEW.later)}</th></tr>
          </thead>
          <tbody>{sent.map((each) => <Row key={`${each.at} ${each.unit}`} one={each} />)}</tbody>
        </table>
      )}
      <p class="faint">{say(REVIEW.regretHint, { n: sent[0]?.compared ?? 0 })}</p>
    </section>
  );
}
