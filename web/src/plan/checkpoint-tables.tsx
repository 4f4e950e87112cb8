// What was counted at a checkpoint: entry by entry, and by hour of the day with the lanes that each hour needs.
import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../api/client";
import { Button, Empty, Fault, Select } from "../kit/controls";
import { titleOf } from "../live/catalogue";
import { CHECKPOINT as C } from "../words/checkpoints";
import { number, say } from "../words/say";
import { dayTime, duration, shortTime } from "../words/time";
import * as orders from "./checkpoint-orders";
import type { Count, LanesPlan } from "./checkpoint-orders";

/** Finds by type, in one line. */
const foundSays = (finds: readonly { kind: string; count: number }[]): string => finds.map((one) => `${titleOf("hazards", one.kind)} ${number(one.count)}`).join(", ");

const whenSays = (one: Count): string => `${dayTime(one.from)}–${shortTime(one.until)}`;

export function Entries({ counts, correct }: { counts: readonly Count[]; correct: ((count: Count) => void) | null }) {
  if (counts.length === 0) return <Empty says={say(C.noEntries)} hint={say(C.noEntriesHint)} />;
  return (
    <section>
      <h3>{say(C.entries)}</h3>
      <ul class="rings">
        {counts.map((one) => (
          <li key={one.count} class={one.corrected_by == null ? "" : "faint"}>
            <strong>{whenSays(one)}</strong>
            <p>
              {say(C.vehicles)} {number(one.vehicles)} · {say(C.persons)} {number(one.people)}{one.queue != null && <> · {say(C.queue)} {number(one.queue)}</>} · {say(C.lanes)} {one.lanes}
            </p>
            {one.finds.length > 0 && <p>{foundSays(one.finds)}</p>}
            <p class="faint">
              {say(C.by)} {one.by}
              {one.corrected_by != null && <> · {say(C.corrected, { n: one.corrected_by })}</>}
            </p>
            {correct && one.corrected_by == null && <Button kind="plain" label={say(C.correctOf, { when: whenSays(one) })} onClick={() => correct(one)}>{say(C.correct)}</Button>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The hour of the day in the city's zone that an instant lies in. */
const hourOf = (at: string): number => Number(shortTime(at).slice(0, 2));

/** Finds of entries that hold, by the hour they began in. */
function foundBy(counts: readonly Count[]): Map<number, { kind: string; count: number }[]> {
  const all = new Map<number, Map<string, number>>();
  for (const one of counts.filter((count) => count.corrected_by == null)) {
    const sums = all.get(hourOf(one.from)) ?? new Map<string, number>();
    for (const find of one.finds) sums.set(find.kind, (sums.get(find.kind) ?? 0) + find.count);
    all.set(hourOf(one.from), sums);
  }
  return new Map([...all].map(([hour, sums]) => [hour, [...sums].map(([kind, count]) => ({ kind, count }))]));
}

const WAITS = [1, 2, 5, 10, 20];

/** How many lanes each hour needs; asked anew when something was counted. */
export function ByHour({ post, counts }: { post: number; counts: readonly Count[] }) {
  const [wait, setWait] = useState(2);
  const [plan, setPlan] = useState<LanesPlan | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const load = () => void orders.lanes(post, wait * 60_000).then((found) => {
    if (found.ok) setPlan(found.value);
    setProblem(found.ok ? null : found.problem);
  });
  useEffect(load, [post, wait, counts]);
  if (problem) return <Fault problem={problem} again={load} />;
  if (!plan || counts.length === 0) return null;
  const found = foundBy(counts);
  return (
    <section>
      <h3>{say(C.plan)}</h3>
      <Select label={C.mayWait} value={String(wait)} onValue={(minutes) => setWait(Number(minutes))} options={WAITS.map((n) => [String(n), String(n)] as const)} />
      <p class="faint">{plan.per_lane == null ? say(C.noPace) : say(C.planOf, { n: plan.per_lane })}</p>
      {plan.hours.length > 0 && (
        <div class="wide-table">
          <table class="cover-table">
            <thead><tr>{[C.hour, C.perHour, C.needs, C.wait, C.finds].map((one) => <th key={one[0]} scope="col">{say(one)}</th>)}</tr></thead>
            <tbody>
              {plan.hours.map((one) => (
                <tr key={one.hour}>
                  <th scope="row">{String(one.hour).padStart(2, "0")}:00</th>
                  <td>{number(one.vehicles)}</td>
                  <td><strong>{one.lanes ?? say(C.tooMany)}</strong></td>
                  <td>{one.wait_ms == null ? "—" : duration(one.wait_ms)}</td>
                  <td class="finds">{foundSays(found.get(one.hour) ?? []) || "—"}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
