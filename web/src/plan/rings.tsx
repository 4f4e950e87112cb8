// Rings: closed lines round an area, where roads cross them, how ready they are, and calling them out.
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../api/client";
import type { Ring } from "../api/documents";
import { Button, Empty, Fault, Select } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { areas, posts, rings } from "../live/board";
import { reasons } from "../live/catalogue";
import { outlines } from "../live/outlines";
import { mayApprove, mayDescribe } from "../live/session";
import { areasShown, lined, show } from "../map/state";
import { Asking, ask } from "../operate/ask";
import { ApprovalFields, approvalBody, ReasonField, usualApproval } from "../settings/approval";
import { RING } from "../words/plan";
import { named, percent, say } from "../words/say";
import { dayTime, duration } from "../words/time";
import { NewRing } from "./new-ring";
import * as orders from "./ring-orders";
import type { Crossing, Readiness } from "./ring-orders";

/** What is looked at: a ring, a new one, or all of them. */
export const looked = signal<number | "new" | null>(null);

/** The line of a ring: as it was drawn, or the border of its area. */
function lineOf(ring: Ring): readonly (readonly number[])[] {
  if (ring.line.length > 0) return ring.line;
  return borderOf(ring.border ?? null);
}

/** The outer border of an area, as far as outlines are there. */
export function borderOf(area: number | null): readonly (readonly number[])[] {
  const geometry = outlines.value.find((one) => one.properties.area === area)?.geometry;
  if (geometry?.type === "Polygon") return geometry.coordinates[0] ?? [];
  if (geometry?.type === "MultiPolygon") return [...geometry.coordinates].sort((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0))[0]?.[0] ?? [];
  return [];
}

export function CrossingList({ crossings, says }: { crossings: readonly Crossing[]; says?: (index: number) => string | null }) {
  return (
    <ul class="crossings">
      {crossings.map((one, index) => {
        const post = one.post == null ? null : posts.value.get(one.post);
        return (
          <li key={one.at.join()} class={one.post == null ? "gap" : ""}>
            <span class="sign" aria-hidden="true">{one.post == null ? "○" : "●"}</span>
            <button type="button" class="name clip" onClick={() => show(one.at as [number, number], 16)}>{named(one.street) || say(RING.noStreet)}</button>
            <span class="faint">{says?.(index) ?? (post ? named(post.name) : say(RING.gap))}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Ready({ found, ring }: { found: Readiness; ring: Ring }) {
  const who = (index: number) => {
    const gap = found.gaps.find((one) => one.crossing === index);
    if (!gap) return null;
    return gap.arrival_ms == null ? say(RING.gap) : say(RING.who, { unit: gap.call_sign ?? String(gap.unit), for: duration(gap.arrival_ms) });
  };
  return (
    <>
      <p><strong>{say(RING.ready, { share: percent(found.share / 10_000) })}</strong>{found.manned < found.crossings && <> · {found.rest_ms == null ? say(RING.restNot) : say(RING.rest, { for: duration(found.rest_ms) })}</>}</p>
      {found.stale && <p class="state">{say(RING.stale)}</p>}
      <CrossingList crossings={ring.crossings} says={who} />
    </>
  );
}

function Activate({ ring, close }: { ring: Ring; close: () => void }) {
  const [level, setLevel] = useState("l2");
  const [reason, setReason] = useState(() => reasons.value.find((one) => one.code === "sealed_area")?.code ?? reasons.value[0]?.code ?? "");
  const [approval, setApproval] = useState(usualApproval);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (await orders.activate(ring, level, reason, approvalBody(approval))) close();
  };
  return (
    <Dialog title={say(RING.activateOf, { ring: named(ring.name) })} close={close}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <Select label={RING.level} value={level} onValue={setLevel} options={["l1", "l2", "l3"].map((one) => [one, one.toUpperCase()] as const)} />
        <ReasonField value={reason} change={setReason} />
        <ApprovalFields value={approval} change={setApproval} />
        <footer><Button type="submit" kind="first" disabled={!approval.approver.trim()}>{say(RING.activate)}</Button></footer>
      </form>
    </Dialog>
  );
}

function One({ ring }: { ring: Ring }) {
  const [found, setFound] = useState<Readiness | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [calling, setCalling] = useState(false);
  const line = lineOf(ring);
  useEffect(() => {
    lined.value = { line, crossings: ring.crossings.map((one) => ({ at: one.at, manned: one.post != null })) };
  }, [ring, line]);
  useEffect(() => {
    let gone = false;
    const load = async () => {
      const result = await orders.readiness(ring.ring);
      if (gone) return;
      if (result.ok) setFound(result.value);
      setProblem(result.ok ? null : result.problem);
    };
    void load();
    const again = setInterval(() => void load(), 10_000);
    return () => {
      gone = true;
      clearInterval(again);
    };
  }, [ring]);
  const approves = mayApprove.value;
  const because = (title: typeof RING.retire, then: (reason: string) => void) => ask({ ask: "reason", title, then });
  return (
    <>
      <div class="scroll">
        <Button kind="plain" onClick={() => (looked.value = null)}>‹ {say(RING.back)}</Button>
        <h2>{named(ring.name)}</h2>
        <p class="muted">{ring.border == null ? say(RING.drawn) : `${say(RING.border)} ${named(areas.value.get(ring.border)?.name)}`} · {say(RING.crossings, { n: ring.crossings.length })} · {say(RING.manned, { n: ring.manned })}</p>
        <p class={ring.level ? "state" : "faint"}>{status(ring)}</p>
        {problem && <Fault problem={problem} />}
        {found ? <Ready found={found} ring={ring} /> : <CrossingList crossings={ring.crossings} />}
      </div>
      <footer>
        {!ring.level && approves && <Button kind="first" onClick={() => setCalling(true)}>{say(RING.activate)}</Button>}
        {ring.level && approves && <Button onClick={() => because(RING.standDown, (reason) => void orders.standDown(ring, reason))}>{say(RING.standDown)}</Button>}
        {mayDescribe.value && <Button kind="plain" onClick={() => because(RING.retire, (reason) => void orders.retire(ring, reason).then((gone) => gone && (looked.value = null)))}>{say(RING.retire)}</Button>}
      </footer>
      {calling && <Activate ring={ring} close={() => setCalling(false)} />}
    </>
  );
}

const status = (ring: Ring): string =>
  ring.level && ring.since && ring.until
    ? say(RING.active, { level: ring.level.toUpperCase(), since: dayTime(ring.since), until: dayTime(ring.until), who: ring.approver ?? "" })
    : say(RING.resting);

function All() {
  const all = [...rings.value.values()].sort((a, b) => a.ring - b.ring);
  useEffect(() => void (lined.value = null), []);
  return (
    <>
      <div class="scroll">
        {all.length === 0 && <Empty says={say(RING.none)} hint={say(RING.noneHint)} />}
        <ul class="rings">
          {all.map((ring) => (
            <li key={ring.ring}>
              <button type="button" class="name" onClick={() => (looked.value = ring.ring)}>{named(ring.name)}</button>
              <p class="muted">{say(RING.crossings, { n: ring.crossings.length })} · {say(RING.manned, { n: ring.manned })}</p>
              <p class={ring.level ? "state" : "faint"}>{status(ring)}</p>
            </li>
          ))}
        </ul>
      </div>
      {mayDescribe.value && <footer><Button kind="first" onClick={() => (looked.value = "new")}>{say(RING.add)}</Button></footer>}
    </>
  );
}

export function Rings() {
  useEffect(() => {
    const before = areasShown.value;
    areasShown.value = true;
    return () => {
      areasShown.value = before;
      looked.value = null;
    };
  }, []);
  const ring = typeof looked.value === "number" ? rings.value.get(looked.value) : undefined;
  return (
    <>
      {looked.value === "new" ? <NewRing done={(made) => (looked.value = made)} /> : ring ? <One key={ring.ring} ring={ring} /> : <All />}
      <Asking />
    </>
  );
}
