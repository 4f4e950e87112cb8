// What happened to an incident, in order, from its document: nothing is added, and what is not known is not shown.
import type { Assignment, Incident } from "../api/documents";
import { titleOf, typeTitle } from "../live/catalogue";
import { SOURCE } from "../words/common";
import { OUTCOME, TIMELINE } from "../words/operate";
import { oneOf, say } from "../words/say";
import { called, numbered } from "./orders";

export interface Happened { at: string; says: string; by?: string | undefined }

/** How a task ended: `"cleared"` or `{"declined": "too_far"}`. */
export function outcomeSays(outcome: unknown): string {
  if (typeof outcome === "string") return oneOf(OUTCOME, outcome);
  if (typeof outcome !== "object" || outcome === null) return "";
  const [kind, why] = Object.entries(outcome)[0] ?? ["", ""];
  const says = oneOf(OUTCOME, kind);
  return typeof why === "number" ? `${says} (${numbered(why)})` : `${says} (${titleOf("reasons", String(why))})`;
}

function task(one: Assignment): Happened[] {
  const unit = called(one.unit);
  const found: Happened[] = [{ at: one.dispatched, says: say(one.on_view ? TIMELINE.onView : TIMELINE.dispatched, { unit }) }];
  const put = (at: string | null | undefined, says: string) => {
    if (at && !one.on_view) found.push({ at, says });
  };
  put(one.acknowledged, say(TIMELINE.acknowledged, { unit }));
  put(one.en_route, say(TIMELINE.enRoute, { unit }));
  put(one.on_scene, say(TIMELINE.onScene, { unit }));
  if (one.transporting) found.push({ at: one.transporting, says: say(TIMELINE.transporting, { unit }) });
  if (one.ended) found.push({ at: one.ended, says: say(TIMELINE.ended, { unit, how: outcomeSays(one.outcome) }) });
  return found;
}

export function timeline(one: Incident): Happened[] {
  const [first, ...later] = one.gradings;
  const all: Happened[] = [{ at: one.opened, says: say(TIMELINE.opened, { source: oneOf(SOURCE, one.source) }), by: first?.by ?? one.by }];
  if (one.reported) all.push({ at: one.reported, says: say(TIMELINE.reported) });
  for (const grading of later) {
    const says = say(TIMELINE.regraded, { kind: typeTitle(grading.kind), p: grading.priority, why: titleOf("reasons", grading.reason) });
    all.push({ at: grading.at, says, by: grading.by });
  }
  for (const note of one.notes) all.push({ at: note.at, says: say(TIMELINE.note), by: note.by });
  for (const each of one.assignments) all.push(...task(each));
  if (one.since && one.status === "merged") all.push({ at: one.since, says: say(TIMELINE.merged, { n: numbered(one.merged_into ?? 0) }) });
  if (one.since && one.status === "closed") {
    const how = titleOf(one.cancelled ? "reasons" : "dispositions", one.ending);
    all.push({ at: one.since, says: say(one.cancelled ? TIMELINE.cancelled : TIMELINE.closed, { how, why: how }) });
  }
  return all.map((each, index) => [each, index] as const).sort(([a, i], [b, j]) => a.at.localeCompare(b.at) || i - j).map(([each]) => each);
}
