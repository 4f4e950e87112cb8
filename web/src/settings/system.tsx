// How the server is: whether it can record, a few figures, its version, and where the data comes from.
import { useEffect, useState } from "preact/hooks";
import { Button, Fault, Loading } from "../kit/controls";
import { UNREACHABLE } from "../api/client";
import { drill, now, tick } from "../live/clock";
import { number, say } from "../words/say";
import { C, SYS } from "../words/settings";
import { clockTime, day, zone } from "../words/time";

interface Found { ready: boolean; why: string; metrics: string; version: string; sources: readonly string[] }

/** The sum over all labels of a figure of Prometheus' text form; none where there is none. */
export function figure(text: string, name: string, labels = ""): number | null {
  let sum: number | null = null;
  for (const line of text.split("\n")) {
    if (!line.startsWith(name) || !/[{ ]/.test(line[name.length] ?? "") || !line.includes(labels)) continue;
    const value = Number(line.slice(line.lastIndexOf(" ") + 1));
    if (Number.isFinite(value)) sum = (sum ?? 0) + value;
  }
  return sum;
}

async function look(): Promise<Found> {
  const [ready, metrics, api, tiles] = await Promise.all(["/readyz", "/metrics", "/api/openapi.json", "/tiles.json"].map((door) => fetch(door)));
  if (!ready || !metrics || !api || !tiles) throw new Error("no answer");
  const document = api.ok ? ((await api.json()) as { info?: { version?: string } }) : {};
  const attribution = tiles.ok ? (((await tiles.json()) as { attribution?: string }).attribution ?? "") : "";
  const plain = attribution.replace(/<[^>]*>/g, "");
  return {
    ready: ready.ok,
    why: (await ready.text()).trim(),
    metrics: metrics.ok ? await metrics.text() : "",
    version: document.info?.version ?? "",
    sources: plain.split(" · ").map((one) => one.trim()).filter(Boolean),
  };
}

const shown = (value: number | null): string => (value === null ? "–" : number(value));

function State({ found }: { found: Found }) {
  void tick.value;
  const failed = [500, 503, 507].map((status) => figure(found.metrics, "precinct_http_requests_total", `status="${status}"`) ?? 0);
  return (
    <dl class="said-of">
      <dt>{say(SYS.state)}</dt>
      <dd class={found.ready ? "good" : "bad"}>{say(found.ready ? SYS.ready : SYS.notReady)}{!found.ready && `: ${found.why}`}</dd>
      <dt>{say(SYS.time)}</dt>
      <dd>{day(now())} {clockTime(now())} ({zone.value}){drill.value && `, ${say(SYS.drill)}`}</dd>
      <dt>{say(SYS.record)}</dt>
      <dd>{shown(figure(found.metrics, "precinct_record_seq"))}</dd>
      <dt>{say(SYS.open)}</dt>
      <dd>{shown(figure(found.metrics, "precinct_incidents_open"))}</dd>
      <dt>{say(SYS.duty)}</dt>
      <dd>{shown(figure(found.metrics, "precinct_units_on_duty"))}</dd>
      <dt>{say(SYS.requests)}</dt>
      <dd>{shown(figure(found.metrics, "precinct_http_requests_total"))}</dd>
      <dt>{say(SYS.refused)}</dt>
      <dd>{number(failed.reduce((sum, one) => sum + one, 0))}</dd>
      <dt>{say(SYS.version)}</dt>
      <dd>{found.version || "–"}</dd>
      <dt>{say(SYS.api)}</dt>
      <dd><a href="/api">/api</a></dd>
      <dt>{say(SYS.figures)}</dt>
      <dd><a href="/metrics">/metrics</a></dd>
    </dl>
  );
}

export function SystemPage() {
  const [found, setFound] = useState<Found | null | undefined>(undefined);
  const again = () => void look().then(setFound, () => setFound(null));
  useEffect(() => {
    again();
    const timer = setInterval(again, 10_000);
    return () => clearInterval(timer);
  }, []);
  if (found === undefined) return <Loading />;
  if (found === null) return <Fault problem={UNREACHABLE} again={again} />;
  return (
    <>
      <section>
        <State found={found} />
        <div class="row"><Button onClick={again}>{say(C.again)}</Button></div>
      </section>
      <section>
        <h2>{say(SYS.sources)}</h2>
        {found.sources.length === 0 ? <p class="faint">{say(SYS.noSources)}</p> : <ul>{found.sources.map((one) => <li key={one}>{one}</li>)}</ul>}
      </section>
    </>
  );
}
