// The way to the task: how long, how far, which streets, and a drawing of it; no map is loaded for that.
import { useEffect } from "preact/hooks";
import type { At } from "../api/documents";
import { TURN, W } from "../words/crew";
import { named, oneOf, say } from "../words/say";
import { distance } from "./measure";
import { apart, here } from "./sharing";
import { find, way, type Way } from "./way";

const AGAIN_MS = 60_000;

/** Places on a flat picture, north up, with a margin. */
function flat(line: readonly At[]): { points: [number, number][]; width: number; height: number } {
  const [first] = line;
  const shrink = Math.cos(((first?.[1] ?? 0) * Math.PI) / 180);
  const plane = line.map(([lon, lat]) => [lon * shrink, -lat] as const);
  const xs = plane.map(([x]) => x);
  const ys = plane.map(([, y]) => y);
  const [west, north] = [Math.min(...xs), Math.min(...ys)];
  const span = Math.max(Math.max(...xs) - west, Math.max(...ys) - north, 1e-5);
  const scale = 280 / span;
  const points = plane.map(([x, y]): [number, number] => [20 + (x - west) * scale, 20 + (y - north) * scale]);
  const across = (index: 0 | 1) => Math.max(...points.map((one) => one[index])) + 20;
  return { points, width: across(0), height: across(1) };
}

function Drawing({ found, at }: { found: Way; at: At | null }) {
  const line = found.line.coordinates as At[];
  const { points, width, height } = flat(at ? [...line, at] : line);
  const own = at ? points[points.length - 1] : undefined;
  const path = at ? points.slice(0, -1) : points;
  const end = path[path.length - 1];
  const d = path.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  return (
    <svg class="drawing" viewBox={`0 0 ${width.toFixed(0)} ${height.toFixed(0)}`} role="img" aria-label={say(W.wayDrawn)}>
      <polyline class="case" points={d} />
      <polyline class="line" points={d} />
      {own && <circle class="own" cx={own[0]} cy={own[1]} r="8" />}
      {end && <path class="end" d={`M${end[0]} ${end[1]}l-9-16h18z`} />}
    </svg>
  );
}

/** Minutes are rounded up: nobody is there sooner for being told so. */
const minutes = (ms: number): string => (ms < 60_000 ? say(W.under) : say(W.minutes, { n: Math.ceil(ms / 60_000) }));

function Streets({ found }: { found: Way }) {
  return (
    <details class="streets">
      <summary>{say(W.streets)}</summary>
      <Drawing found={found} at={here()?.at ?? null} />
      <ol>
        {found.streets.map((one, index) => (
          <li key={index}>
            <span>{oneOf(TURN, one.turn)} <strong>{named(one.street) || say(W.unnamed)}</strong></span>
            <span class="muted">{distance(one.length_m)}</span>
          </li>
        ))}
        <li><span>{say(W.there)}{found.to.off_road_m >= 20 && `. ${say(W.offRoad, { d: distance(found.to.off_road_m) })}`}</span></li>
      </ol>
    </details>
  );
}

function Crow({ to }: { to: At }) {
  const from = here(600_000);
  return <p>{from ? say(W.crow, { d: distance(apart(from.at, to)) }) : say(W.unknownWay)}</p>;
}

/** `at` is where the task is, as far as this crew sees it; `going` is that it is not there yet. */
export function WayView({ incident, at, going }: { incident: number; at: At | null; going: boolean }) {
  const known = here(600_000) !== null;
  useEffect(() => {
    if (!going) return;
    void find(incident);
    const timer = setInterval(() => document.visibilityState === "visible" && void find(incident), AGAIN_MS);
    return () => clearInterval(timer);
  }, [incident, at?.join(), going, known]);
  const found = way.value?.incident === incident ? way.value.way : null;
  const end = at ?? found?.to.at ?? null;
  return (
    <section class="way" aria-label={say(W.way)}>
      {going && found && <p class="long"><strong>{minutes(found.travel_ms)}</strong> <span>{distance(found.length_m)}</span></p>}
      {going && !found && at && <Crow to={at} />}
      {going && found && <Streets found={found} />}
      {end && <a class="tap plain" href={`geo:${end[1]},${end[0]}?q=${end[1]},${end[0]}`}>{say(W.ownMap)}</a>}
    </section>
  );
}
