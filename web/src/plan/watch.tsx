// Both days side by side, at any pace: calls as they wait and are answered, units as they drive.
import type { GeoJSONSource } from "maplibre-gl";
import { Map as GlMap } from "maplibre-gl";
import { useEffect, useRef, useState } from "preact/hooks";
import { api, persist, type Problem, type Schemas } from "../api/client";
import { colour } from "../app/theme";
import { Button, Fault, Loading } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { ground, tilesThere } from "../map/base";
import { WHAT_IF as W } from "../words/plan";
import { language, number, say } from "../words/say";
import { duration } from "../words/time";

type Trace = Schemas["TraceDoc"];
type Unit = Trace["units"][number];

const PACES = [60, 300, 1200] as const;

/** Where a unit is at an instant: along its drive, or where the last one ended. */
function placeOf(unit: Unit, at: number): readonly number[] | null {
  let place: readonly number[] | null = unit.home ?? null;
  for (const leg of unit.legs) {
    if (leg.from_ms > at) break;
    const last = leg.path.at(-1) ?? place;
    if (leg.until_ms <= at) {
      place = last;
      continue;
    }
    const along = ((at - leg.from_ms) / Math.max(1, leg.until_ms - leg.from_ms)) * (leg.path.length - 1);
    const [a, b] = [leg.path[Math.floor(along)], leg.path[Math.ceil(along)]];
    if (!a || !b) return last;
    const part = along - Math.floor(along);
    return [(a[0] ?? 0) + ((b[0] ?? 0) - (a[0] ?? 0)) * part, (a[1] ?? 0) + ((b[1] ?? 0) - (a[1] ?? 0)) * part];
  }
  return place;
}

const feature = (at: readonly number[], properties: Record<string, unknown>): GeoJSON.Feature => ({ type: "Feature", geometry: { type: "Point", coordinates: [...at] }, properties });

function features(trace: Trace, at: number): GeoJSON.FeatureCollection {
  const calls = trace.calls.filter((one) => one.from_ms <= at && at < one.from_ms + (one.closed_ms ?? 3_600_000));
  const open = calls.map((one) => feature(one.at, { what: one.on_scene_ms != null && at >= one.from_ms + one.on_scene_ms ? "answered" : "waits" }));
  const units = trace.units.flatMap((unit) => {
    const place = placeOf(unit, at);
    const busy = unit.legs.some((leg) => leg.incident != null && leg.from_ms <= at && at < leg.until_ms);
    return place ? [feature(place, { what: busy ? "going" : "free" })] : [];
  });
  return { type: "FeatureCollection", features: [...open, ...units] };
}

/** One day on a map of its own. */
function Day({ trace, at, name }: { trace: Trace; at: number; name: string }) {
  const box = useRef<HTMLDivElement>(null);
  const gl = useRef<GlMap | null>(null);
  const now = useRef(at);
  now.current = at;
  const draw = () => (gl.current?.getSource("day") as GeoJSONSource | undefined)?.setData(features(trace, now.current));
  useEffect(() => {
    let gone = false;
    void tilesThere().then((tiles) => {
      if (gone || !tiles || !box.current) return;
      const map = new GlMap({ container: box.current, style: ground(language.value, tiles), bounds: tiles.bounds, attributionControl: { compact: false }, dragRotate: false });
      gl.current = map;
      map.on("load", () => {
        map.addSource("day", { type: "geojson", data: features(trace, now.current) });
        map.addLayer({
          id: "day", type: "circle", source: "day",
          paint: {
            "circle-radius": ["match", ["get", "what"], "waits", 6, "answered", 5, 3.5],
            "circle-color": ["match", ["get", "what"], "waits", colour("danger"), "answered", colour("on-scene"), "going", colour("going"), colour("available")] as unknown as string,
            "circle-stroke-color": colour("map-halo"), "circle-stroke-width": 1,
          },
        });
      });
    });
    return () => {
      gone = true;
      gl.current?.remove();
    };
  }, [trace]);
  useEffect(() => void draw(), [at]);
  const waiting = trace.calls.filter((one) => one.from_ms <= at && (one.on_scene_ms == null ? at < one.from_ms + (one.closed_ms ?? 0) : at < one.from_ms + one.on_scene_ms)).length;
  return (
    <figure>
      <figcaption><strong>{name}</strong> · {say(W.waiting, { n: number(waiting) })}</figcaption>
      <div class="day-map" ref={box} />
    </figure>
  );
}

export function Watch({ run, arms, close }: { run: number; arms: readonly string[]; close: () => void }) {
  const [traces, setTraces] = useState<readonly Trace[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [at, setAt] = useState(8 * 3_600_000);
  const [pace, setPace] = useState<number>(0);
  useEffect(() => {
    let gone = false;
    // One after the other: the server makes one ready at a time.
    const load = async () => {
      const made: Trace[] = [];
      for (const arm of arms.length > 1 ? ["one", "other"] : ["one"]) {
        const found = await persist(() => api.GET("/api/v1/whatif/runs/{run}/trace", { params: { path: { run }, query: { arm } } }));
        if (gone) return;
        if (!found.ok) return setProblem(found.problem);
        made.push(found.value);
      }
      setTraces(made);
    };
    void load();
    return () => {
      gone = true;
    };
  }, [run]);
  const lasts = Math.max(1, ...(traces ?? []).map((one) => one.lasts_ms));
  useEffect(() => {
    if (pace === 0) return;
    const step = setInterval(() => setAt((was) => Math.min(lasts, was + pace * 100)), 100);
    return () => clearInterval(step);
  }, [pace, lasts]);
  return (
    <Dialog title={say(W.watch)} close={close} wide>
      {problem && <Fault problem={problem} />}
      {!traces && !problem && <Loading />}
      {traces && (
        <>
          <div class="days">{traces.map((trace, index) => <Day key={index} trace={trace} at={at} name={arms[index] ?? trace.arm} />)}</div>
          <div class="row">
            <Button pressed={pace === 0} onClick={() => setPace(0)}>{say(W.hold)}</Button>
            {PACES.map((one) => <Button key={one} pressed={pace === one} onClick={() => setPace(one)}>×{number(one)}</Button>)}
            <input type="range" min={0} max={lasts} step={60_000} value={at} aria-label={say(W.moment)} aria-valuetext={duration(at)} onInput={(event) => setAt(Number(event.currentTarget.value))} />
            <span>{duration(at)}</span>
          </div>
        </>
      )}
    </Dialog>
  );
}
