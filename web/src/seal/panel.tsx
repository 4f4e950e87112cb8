// Sealing off an incident: how they left, which points cut every way out, who goes to each; one key sends the orders.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { listen, type Key } from "../app/keys";
import { Button, Fault, Select } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { containmentOf, incidents } from "../live/board";
import { reasons, typeTitle } from "../live/catalogue";
import { now } from "../live/clock";
import { mayDispatch } from "../live/session";
import { ask } from "../operate/ask";
import { numbered } from "../operate/orders";
import { pick } from "../map/state";
import { ApprovalFields, approvalBody, ReasonField, usualApproval } from "../settings/approval";
import { named, oneOf, say, type Pair } from "../words/say";
import { PROOF, SEAL } from "../words/seal";
import { age, clockTime, duration } from "../words/time";
import * as orders from "./orders";
import { asked, change, closeSeal, fault, seal, type Asked, type Seal, type SealPoint } from "./state";
import "./seal.css";

const AGO = [0, 1, 2, 3, 5, 8, 10, 15, 20, 30];
const AHEAD = [5, 10, 15, 20];

/** When they left, as minutes before now. */
function Left() {
  const [ago, setAgo] = useState("");
  const choose = (value: string) => {
    setAgo(value);
    change({ left: value === "" ? null : new Date(now() - Number(value) * 60_000).toISOString() });
  };
  const options: [string, string][] = [["", say(SEAL.asReported)], ...AGO.map((n): [string, string] => [String(n), `${n} ${say(SEAL.leftAgo)}`])];
  return <Select label={SEAL.left} value={ago} onValue={choose} options={options} />;
}

/** Has somebody point at where they were seen, now. */
function pointOut(): void {
  pick.value = (at) => {
    pick.value = null;
    change({ seen: [...(asked.value?.seen ?? []), { at, when: new Date(now()).toISOString(), sure: true }] });
  };
}

/** Where they were seen: the map is pointed at, and only what is sure narrows where they can be. */
function Sightings({ wanted, doubted }: { wanted: Asked; doubted: readonly number[] }) {
  const put = (index: number, sure: boolean) => change({ seen: wanted.seen.map((one, at) => (at === index ? { ...one, sure } : one)) });
  return (
    <div class="seen">
      <Button press="p" pressed={pick.value !== null} onClick={pointOut}>{say(SEAL.seen)}</Button>
      <span class="faint">{say(pick.value ? SEAL.seenHint : SEAL.notKept)}</span>
      {wanted.seen.map((one, index) => (
        <div key={one.when}>
          <span>{say(SEAL.seenAt, { at: clockTime(one.when) })}</span>
          <label><input type="checkbox" checked={one.sure} onChange={(event) => put(index, event.currentTarget.checked)} /> {say(SEAL.sure)}</label>
          {doubted.includes(index) && <span class="state">{say(SEAL.doubted)}</span>}
          <Button kind="plain" icon label={say(SEAL.forget)} onClick={() => change({ seen: wanted.seen.filter((_, at) => at !== index) })}>✕</Button>
        </div>
      ))}
    </div>
  );
}

const Check = ({ label, checked, set }: { label: Pair; checked: boolean; set: (on: boolean) => void }) => (
  <label class="check"><input type="checkbox" checked={checked} onChange={(event) => set(event.currentTarget.checked)} /> {say(label)}</label>
);

function Asking({ wanted }: { wanted: Asked }) {
  return (
    <section class="fields">
      <Select label={SEAL.how} value={wanted.travels} onValue={(travels) => change({ travels: travels === "foot" ? "foot" : "car" })}
        options={[["car", say(SEAL.car)], ["foot", say(SEAL.foot)]]} />
      <Left />
      <Select label={SEAL.ahead} value={String(wanted.minutes)} onValue={(minutes) => change({ minutes: Number(minutes) })}
        options={AHEAD.map((n): [string, string] => [String(n), say(SEAL.minutes, { n })])} />
      <Check label={SEAL.preEmpt} checked={wanted.preEmpt} set={(preEmpt) => change({ preEmpt })} />
      <Check label={SEAL.anyWay} checked={wanted.anyWay} set={(anyWay) => change({ anyWay })} />
      <Sightings wanted={wanted} doubted={seal.value?.doubted ?? []} />
    </section>
  );
}

/** A point: its number on the map, the road, who goes, and by how much they are first. */
export function PointRow({ one, index }: { one: SealPoint; index: number }) {
  const slack = one.slack_ms ?? null;
  const fix = one.fix_age_ms == null ? say(SEAL.atPost) : say(SEAL.fix, { age: age(one.fix_age_ms) });
  return (
    <li class={one.unit == null || (slack !== null && slack < 0) ? "wanting" : ""}>
      <span class="dot">{index}</span>
      <span class="clip street">{named(one.street) || say(SEAL.noStreet)}</span>
      <strong>{one.call_sign ?? (one.unit == null ? say(SEAL.nobody) : one.unit)}</strong>
      <span class="faint clip when" title={one.unit == null ? undefined : fix}>
        {one.arrival_ms != null && say(SEAL.there, { for: duration(one.arrival_ms) })}
        {slack !== null && <> · {slack < 0 ? say(SEAL.late, { for: duration(-slack) }) : say(SEAL.spare, { for: duration(slack) })}</>}
      </span>
    </li>
  );
}

function Verdict({ found }: { found: Seal }) {
  return (
    <div class={`verdict ${found.sealed ? "good" : "bad"}`} role="status">
      <strong>{found.sealed ? "✓ " : "✕ "}{say(found.sealed ? SEAL.sealed : SEAL.open)}</strong>
      {!found.sealed && found.missing > 0 && <p>{say(SEAL.missing, { n: found.missing })}{found.missing_at_least > 0 && ` ${say(SEAL.missingLeast, { n: found.missing_at_least })}`}</p>}
      {found.lost > 0 && <p>{say(SEAL.lost, { n: found.lost })}</p>}
      <p class="faint">{say(SEAL.points, { n: found.points.length })} · {oneOf(PROOF, found.proof)}{found.proof !== "fewest" && found.least > 0 && `, ${say(SEAL.least, { n: found.least })}`}</p>
      <p class="faint">{say(SEAL.worked, { n: found.units, ms: found.took_ms })}</p>
    </div>
  );
}

/** Who approves the order, why, and for how long; then it goes out. */
function Approve({ incident, preview, close }: { incident: number; preview: string; close: () => void }) {
  const usual = reasons.value.find((one) => one.code === "sealed_area")?.code ?? reasons.value[0]?.code ?? "";
  const [approval, setApproval] = useState(() => ({ ...usualApproval(), hours: 1 }));
  const [reason, setReason] = useState(usual);
  const go = async (event: Event) => {
    event.preventDefault();
    if (await orders.order(incident, preview, reason, approvalBody(approval))) close();
  };
  return (
    <Dialog title={say(SEAL.of, { n: numbered(incident) })} close={close}>
      <form class="stack" onSubmit={(event) => void go(event)}>
        <ReasonField value={reason} change={setReason} />
        <ApprovalFields value={approval} change={setApproval} />
        <footer><Button type="submit" kind="first" autofocus disabled={!approval.approver.trim()}>{say(SEAL.order)}</Button></footer>
      </form>
    </Dialog>
  );
}

/** Whether what is ordered and what would be best now are the same units at the same points. */
function same(ordered: readonly SealPoint[], best: readonly SealPoint[]): boolean {
  const key = (list: readonly SealPoint[]) => list.map((one) => `${one.at.join()} ${one.unit ?? ""}`).sort().join(";");
  return key(ordered) === key(best);
}

export function SealPanel() {
  const wanted = asked.value;
  const [preview, setPreview] = useState<string | null>(null);
  const running = wanted ? containmentOf(wanted.incident) : null;
  const found = seal.value;
  const keys: Key[] = [
    { press: "p", says: SEAL.seen, run: pointOut },
    { press: "Escape", says: SEAL.back, run: () => (pick.value ? (pick.value = null) : closeSeal()) },
    ...(mayDispatch.value && found && found.points.length > 0
      ? [{ press: "o", says: running ? SEAL.replan : SEAL.order, run: () => (running ? void orders.replan(running.containment, found.id) : setPreview(found.id)) }]
      : []),
    ...(mayDispatch.value && running
      ? [{ press: "x", says: SEAL.standDown, run: () => ask({ ask: "reason", title: SEAL.standDown, then: (reason) => void orders.standDown(running.containment, reason) }) }]
      : []),
  ];
  const latest = useRef(keys);
  latest.current = keys;
  const presses = keys.map((key) => key.press).join();
  useLayoutEffect(() => listen(SEAL.title, keys.map((key) => ({ ...key, run: (event) => latest.current.find((one) => one.press === key.press)?.run(event) }))), [presses]);
  if (!wanted) return null;
  const one = incidents.value.get(wanted.incident);
  return (
    <section class="sheet seal" aria-label={say(SEAL.of, { n: numbered(wanted.incident) })}>
      <header>
        <h2 class="clip">{say(SEAL.of, { n: numbered(wanted.incident) })} <span class="faint">{one && typeTitle(one.kind)}</span></h2>
        <Button kind="plain" icon label={say(SEAL.back)} onClick={closeSeal}>✕</Button>
      </header>
      <div class="scroll">
        {running && <p class="state">{say(SEAL.running, { since: clockTime(running.since), until: clockTime(running.until), who: running.approver })}</p>}
        <Asking wanted={wanted} />
        {fault.value && <Fault problem={fault.value} />}
        {!found && !fault.value && <p class="faint" role="status">{say(SEAL.working)}</p>}
        {found && (
          <>
            <Verdict found={found} />
            {running && <p class={same(running.points, found.points) ? "ok" : "state"}>{say(same(running.points, found.points) ? SEAL.same : SEAL.differs)}</p>}
            <ol class="seal-points">{found.points.map((point, index) => <PointRow key={point.at.join()} one={point} index={index + 1} />)}</ol>
          </>
        )}
      </div>
      <footer class="deeds">
        {keys.filter((key) => key.press !== "p").map((key) => <Button key={key.press} press={key.press} kind={key.press === "o" ? "first" : undefined} onClick={() => key.run(new KeyboardEvent("keydown"))}>{say(key.says)}</Button>)}
      </footer>
      {preview && <Approve incident={wanted.incident} preview={preview} close={() => setPreview(null)} />}
    </section>
  );
}
