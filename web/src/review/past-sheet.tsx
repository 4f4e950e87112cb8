// What the sheet of an incident shows of the past besides: the regret of its dispatches, and where its units were.
import { effect } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../api/client";
import type { Incident } from "../api/documents";
import { Button, Fault } from "../kit/controls";
import { replayed, tracked } from "../map/state";
import { REVIEW } from "../words/review";
import { say } from "../words/say";
import { lookUpTracks, shown, tracks, type Tracks } from "./past";
import { Regret } from "./regret";

type Fixes = readonly (readonly [ms: number, lon: number, lat: number])[];

/** Where a unit was: the last place before the moment, not older than two minutes. */
export function placeAt(fixes: Fixes, ms: number): readonly [number, number] | null {
  let [low, high] = [0, fixes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((fixes[middle]?.[0] ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  const last = fixes[low - 1];
  return last && ms - last[0] <= 120_000 ? [last[1], last[2]] : null;
}

function put(found: Tracks, at: number): void {
  const ms = at - found.from;
  const seen = [...found.units].flatMap(([unit, fixes]) => {
    const place = placeAt(fixes, ms);
    return place ? [[unit, place] as const] : [];
  });
  replayed.value = { units: Uint32Array.from(seen, ([unit]) => unit), places: seen.map(([, place]) => place) };
  tracked.value = [...found.units.values()].map((fixes) => fixes.filter(([each]) => each <= ms).map(([, lon, lat]) => [lon, lat] as const));
}

/** Follows the moment with what was looked up. */
function follow(): () => void {
  const stop = effect(() => {
    const [found, at] = [tracks.value, shown.value];
    if (found && at !== null) put(found, at);
  });
  return () => {
    stop();
    replayed.value = null;
    tracked.value = [];
  };
}

export function PastSheet({ one }: { one: Incident }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(follow, []);
  useEffect(() => {
    if (tracks.value?.incident !== one.incident) {
      tracks.value = null;
      replayed.value = null;
      tracked.value = [];
    }
  }, [one.incident]);
  const mine = tracks.value?.incident === one.incident ? tracks.value : null;
  const some = mine ? [...mine.units.values()].filter((fixes) => fixes.length > 0).length : 0;
  return (
    <>
      <Regret one={one} />
      {one.assignments.length > 0 && (
        <section>
          <h3>{say(REVIEW.tracks)}</h3>
          {problem && <Fault problem={problem} />}
          {mine
            ? <p>{some > 0 ? say(REVIEW.tracksShown, { n: some }) : say(REVIEW.tracksNone)}</p>
            : <p><Button onClick={() => void lookUpTracks(one.incident).then(setProblem)}>{say(REVIEW.tracksShow)}</Button> <span class="faint">{say(REVIEW.tracksHint)}</span></p>}
        </section>
      )}
    </>
  );
}
