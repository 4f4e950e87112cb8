// Plans on record: how far each has come, what proves it, approval by a second person, and the gate before it holds.
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { api, outcome, persist, type Problem, type Schemas } from "../api/client";
import { go } from "../app/where";
import { Button, Fault } from "../kit/controls";
import { done, failed } from "../kit/toasts";
import { units } from "../live/board";
import { mayApprove, mayPlan, session } from "../live/session";
import { show } from "../map/state";
import { ask } from "../operate/ask";
import { PATROL } from "../words/patrol";
import { AIM, PLAN_STATUS, PLANS as P } from "../words/plan";
import { named, oneOf, say, type Pair } from "../words/say";
import { dayTime } from "../words/time";
import { CoverTable } from "./cover-view";
import { takeOver } from "./draft";
import { gapSays } from "./progress";

type Plan = Schemas["PlanDoc"];
type Compared = Schemas["PlanComparedDoc"];

const plans = signal<readonly Plan[] | null>(null);
const problem = signal<Problem | null>(null);

async function load(): Promise<void> {
  const found = await outcome(api.GET("/api/v1/plans", { params: { query: { limit: 100 } } }));
  if (found.ok) plans.value = [...found.value.items].reverse();
  problem.value = found.ok ? null : found.problem;
}

async function deed(says: Pair, plan: Plan, give: Parameters<typeof persist>[0]): Promise<void> {
  const found = await persist(give);
  if (found.ok) done(say(says, { plan: named(plan.name) }));
  else failed(found.problem);
  await load();
}

const params = (plan: Plan, k: string) => ({ path: { plan: plan.plan }, header: { "Idempotency-Key": k } });

const approve = (plan: Plan) =>
  ask({ ask: "reason", title: P.approve, then: (reason) => void deed(P.approved, plan, (k) => api.POST("/api/v1/plans/{plan}/approval", { params: params(plan, k), body: { reason } })) });
const withdraw = (plan: Plan) =>
  ask({ ask: "reason", title: P.withdraw, then: (reason) => void deed(P.withdrawn, plan, (k) => api.POST("/api/v1/plans/{plan}/withdrawal", { params: params(plan, k), body: { reason } })) });
const publish = (plan: Plan) =>
  ask({ ask: "sure", title: P.publish, says: say(plan.kind === "patrol" ? PATROL.publishSure : P.publishSure, { plan: named(plan.name) }), then: () => void deed(P.published, plan, (k) => api.POST("/api/v1/plans/{plan}/publication", { params: params(plan, k), body: {} })) });

/** Against today's posts: figures side by side, and its posts on the map. */
function Against({ plan }: { plan: Plan }) {
  const [found, setFound] = useState<Compared | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  useEffect(() => {
    void outcome(api.GET("/api/v1/plans/compare", { params: { query: { one: plan.plan } } })).then((result) => {
      if (result.ok) {
        setFound(result.value);
        takeOver(result.value.one_posts.map((one) => ({ at: one.at as [number, number], post: one.post ?? null, name: named(one.name) })));
      } else setFault(result.problem);
    });
  }, [plan.plan]);
  if (fault) return <Fault problem={fault} />;
  return found ? <CoverTable found={found.cover} /> : null;
}

/** What a patrol plan says, as it was recorded. */
interface Patrol { beats: { title: { en: string; zh: string }; at: [number, number] }[]; tours: { unit: number; beat: number; hours: string }[] }

const bits = (hours: string): number => [...hours].reduce((sum, digit) => sum + Number.parseInt(digit, 16).toString(2).replaceAll("0", "").length, 0);

/** The beats of a patrol plan, and for how many hours a week which unit is there. */
function Walked({ plan }: { plan: Plan }) {
  const [found, setFound] = useState<Patrol | null>(null);
  const [fault, setFault] = useState<Problem | null>(null);
  useEffect(() => {
    void outcome(api.GET("/api/v1/plans/{plan}/document", { params: { path: { plan: plan.plan } } })).then((result) => (result.ok ? setFound(result.value as unknown as Patrol) : setFault(result.problem)));
  }, [plan.plan]);
  if (fault) return <Fault problem={fault} />;
  const signs = (beat: number) => found?.tours.filter((tour) => tour.beat === beat).map((tour) => `${units.value.get(tour.unit)?.call_sign ?? tour.unit}: ${bits(tour.hours)} h`).join(", ");
  return <ul>{found?.beats.map((beat, index) => <li key={index}><button type="button" class="name" onClick={() => show(beat.at, 15)}>{named(beat.title)}</button> <span class="muted">{signs(index)}</span></li>)}</ul>;
}

function Deeds({ plan }: { plan: Plan }) {
  const mine = plan.proposer === session.value?.staff;
  const approves = mayApprove.value;
  return (
    <div class="row">
      {plan.status === "proposed" && mayPlan.value && <Button onClick={() => go(`/plan/what-if?plan=${plan.plan}`)}>{say(P.tryIt)}</Button>}
      {plan.status === "proposed" && approves && <Button kind={mine ? undefined : "first"} disabled={mine || plan.trials.length === 0} onClick={() => approve(plan)}>{say(P.approve)}</Button>}
      {plan.status === "approved" && mayPlan.value && <Button kind="first" onClick={() => publish(plan)}>{say(P.publish)}</Button>}
      {(plan.status === "proposed" || plan.status === "approved" || plan.status === "published") && mayPlan.value && <Button kind="plain" onClick={() => withdraw(plan)}>{say(P.withdraw)}</Button>}
    </div>
  );
}

function One({ plan }: { plan: Plan }) {
  const [open, setOpen] = useState(false);
  const mine = plan.proposer === session.value?.staff;
  return (
    <li>
      <button type="button" class="name" aria-expanded={open} onClick={() => setOpen(!open)}>{named(plan.name)}</button> <span class={`plan-status ${plan.status}`}>{oneOf(PLAN_STATUS, plan.status)}</span>
      <p class="muted">{say(P.proposedBy, { who: plan.proposer, at: dayTime(plan.proposed) })} · {plan.kind === "patrol" ? say(PATROL.hours, { n: plan.objective }) : <>{oneOf(AIM, plan.aim)} · {plan.gap_ppm === 0 ? say(P.best) : say(P.gap, { gap: gapSays(plan.gap_ppm) })}</>}</p>
      <p class={plan.trials.length > 0 ? "muted" : "state"}>{plan.trials.length > 0 ? say(P.tried, { days: plan.trials.flatMap((one) => one.days).join(", ") }) : say(P.untried)}</p>
      {plan.approval && <p class="muted">{say(P.approvedBy, { who: plan.approval.by, at: dayTime(plan.approval.at) })}</p>}
      {plan.status === "proposed" && mine && <p class="faint">{say(P.second)}</p>}
      {open && (plan.kind === "patrol" ? <Walked plan={plan} /> : <Against plan={plan} />)}
      <Deeds plan={plan} />
    </li>
  );
}

export function OnRecord() {
  useEffect(() => {
    void load();
    const again = setInterval(() => void load(), 10_000);
    return () => clearInterval(again);
  }, []);
  const all = plans.value;
  return (
    <section>
      <h3>{say(P.title)}</h3>
      {problem.value && <Fault problem={problem.value} again={() => void load()} />}
      {all && all.length === 0 && <p class="faint">{say(P.none)}</p>}
      <ul class="rings">{all?.map((plan) => <One key={plan.plan} plan={plan} />)}</ul>
    </section>
  );
}
