// What the overlay of presence shows, on the map while it is shown: the bands of streets, and hot spots with those first that are due.
import { Button, Fault } from "../kit/controls";
import { now, tick } from "../live/clock";
import { known, mayPresence, SPANS, spanHours, spots, streets, trouble, type Spot } from "../live/presence";
import { presenceShown, show } from "../map/state";
import { W as Common } from "../words/common";
import { PRESENCE as P } from "../words/presence";
import { named, percent, say } from "../words/say";
import { duration } from "../words/time";

/** Hot spots listed; the map has them all. */
const LISTED = 8;

const dueAt = (spot: Spot): number => (spot.due_at == null ? 0 : Date.parse(spot.due_at));

function when(spot: Spot): string {
  if (spot.there > 0) return say(P.there);
  if (spot.due_at == null) return say(P.dueNow);
  const left = dueAt(spot) - now();
  return left > 0 ? say(P.dueIn, { for: duration(left) }) : say(P.overdue, { for: duration(-left) });
}

const mark = (spot: Spot): string => (spot.there > 0 ? "there" : spot.due ? "due" : "kept");
const SHAPE: Record<string, string> = { there: "●", due: "▲", kept: "○" };

function Spots({ all }: { all: readonly Spot[] }) {
  void tick.value;
  if (all.length === 0) return <p class="faint">{say(P.noSpots)}</p>;
  const due = all.filter((spot) => spot.due).length;
  const first = [...all].sort((a, b) => Number(b.due) - Number(a.due) || dueAt(a) - dueAt(b)).slice(0, LISTED);
  return (
    <>
      <p class={due > 0 ? "warned" : "muted"}>{say(P.dueCount, { n: due })}</p>
      <ul class="spots">
        {first.map((spot) => (
          <li key={spot.key}>
            <button type="button" class="name" onClick={() => show(spot.at as [number, number])}>
              <span class={`spot ${mark(spot)}`} aria-hidden="true">{SHAPE[mark(spot)]}</span> <span class="clip">{named(spot.name) || spot.key}</span>
            </button>
            <span class="when">{when(spot)}</span>
            <span class="faint">
              {spot.last_visit == null ? say(P.lastNone) : say(P.last, { ago: duration(now() - Date.parse(spot.last_visit)) })}
              {spot.visits > 0 && ` · ${say(P.dwell, { n: spot.visits, for: duration(spot.visited_ms) })}`}
            </span>
          </li>
        ))}
      </ul>
      {all.length > first.length && <p class="faint">{say(P.more, { n: all.length - first.length })}</p>}
    </>
  );
}

const BANDS = [P.never, P.few, P.some, P.often] as const;

export function PresenceLegend() {
  if (!presenceShown.value) return null;
  if (!mayPresence()) return <div class="legend" role="status">{say(P.refused)}</div>;
  return (
    <section class="legend presence" aria-label={say(P.presence)}>
      <p class="label">{say(P.title, { n: spanHours.value })}</p>
      <div class="spans" role="group" aria-label={say(P.span)}>
        {SPANS.map((each) => <Button key={each} pressed={spanHours.value === each} onClick={() => (spanHours.value = each)}>{say(P.hours, { n: each })}</Button>)}
      </div>
      {trouble.value ? <Fault problem={trouble.value} /> : !streets.value && <p role="status">{say(Common.loading)}</p>}
      <ul class="bands">{BANDS.map((says, index) => <li key={says[0]}><span class={`swatch passes-${index}`} /> {say(says)}</li>)}</ul>
      <p class="label">{say(P.spots)}</p>
      {spots.value && <Spots all={spots.value} />}
      {known.value !== null && <p class="faint">{say(P.known, { share: percent(known.value / 10_000) })}</p>}
    </section>
  );
}
