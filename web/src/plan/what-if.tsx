// What if: days that were, answered under the city as it is and under a plan; the difference with its uncertainty, watched side by side.
import { useEffect, useState } from "preact/hooks";
import { api, outcome, persist, type Problem, type Schemas } from "../api/client";
import { url } from "../app/where";
import { Button, Empty, Fault, Input, Select } from "../kit/controls";
import { done, failed } from "../kit/toasts";
import { areas, onDuty } from "../live/board";
import { POLICY, WHAT_IF as W } from "../words/plan";
import { named, say } from "../words/say";
import { differs, draft, today } from "./draft";
import { Progress } from "./progress";
import { trial } from "./runs";
import { ShadowSection } from "./shadow";
import { TrialView } from "./trial-view";

type Source = Schemas["CallSourceDoc"];
type Change = Schemas["ChangeBody"];
type Plan = Schemas["PlanDoc"];

/** Ten at night to six in the morning of every day, as the hours of the week are written: Monday 00:00 is the highest bit. */
const NIGHTS = "fc0003".repeat(7);

/** What a draft of posts changes about those of today. */
function changesOf(): Change[] {
  const kept = new Map(draft.value.map((one) => [one.post, one]));
  const gone = today.value.filter((one) => !kept.has(one.post)).map((one): Change => ({ change: "remove_post", post: one.post ?? 0 }));
  const rest = draft.value.flatMap((one): Change[] => {
    if (one.post === null) return [{ change: "add_post", name: { en: one.name, zh: one.name }, kind: null, at: one.at, units: [] }];
    return one.moved ? [{ change: "move_post", post: one.post, at: one.at }] : [];
  });
  return [...rest, ...gone];
}

interface Wish { source: string; day: string; with: string; policy: string; off: string[]; street: string; seeds: number; perPost: string; area: string }

function start(wish: Wish): void {
  const off = wish.off.map((unit): Change => ({ change: "take_off", unit: Number(unit), hours: NIGHTS }));
  const closed: Change[] = wish.street.trim() ? [{ change: "close", streets: [wish.street.trim()], places: [] }] : [];
  const plan = wish.with.startsWith("plan ") ? Number(wish.with.slice(5)) : null;
  const drafted = wish.with === "draft" ? changesOf() : [];
  const arm = (more: Partial<Schemas["ArmBody"]>) => ({ name: null, plan: null, stand: null, changes: [], policy: null, ...more });
  const body = {
    days: [wish.day], source: wish.source, one: arm({ name: say(W.asIs) }), seeds: wish.seeds, pace: null, per_post: wish.perPost ? Number(wish.perPost) : null, area: wish.area ? Number(wish.area) : null,
    other: arm({ name: say(W.changed), plan, changes: [...drafted, ...off, ...closed], policy: wish.policy }),
  };
  void trial.start(outcome(api.POST("/api/v1/whatif/runs", { body })));
}

function Ask({ sources, plans }: { sources: readonly Source[]; plans: readonly Plan[] }) {
  const usable = sources.filter((one) => one.days.length > 0);
  const asked = url.value.searchParams.get("plan");
  const [wish, setWish] = useState<Wish>({
    source: usable[0]?.source ?? "record", day: usable[0]?.days.at(-1)?.day ?? "", with: asked ? `plan ${asked}` : differs.value ? "draft" : "none", policy: "closest", off: [], street: "", seeds: 10, perPost: "", area: "",
  });
  const set = (part: Partial<Wish>) => setWish({ ...wish, ...part });
  const districts = [...areas.value.values()].filter((one) => one.level !== "grid_cell" && one.level !== "city");
  const days = usable.find((one) => one.source === wish.source)?.days ?? [];
  if (usable.length === 0) return <Empty says={say(W.noDays)} hint={say(W.noDaysHint)} />;
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); start(wish); }}>
      <div class="fields">
        <Select label={W.source} value={wish.source} onValue={(source) => set({ source, day: usable.find((one) => one.source === source)?.days.at(-1)?.day ?? "" })}
          options={usable.map((one) => [one.source, one.source === "record" ? say(W.record) : one.source] as const)} />
        <Select label={W.day} value={wish.day} onValue={(day) => set({ day })} options={days.map((one) => [one.day, `${one.day} · ${say(W.calls, { n: one.calls })}`] as const)} />
        <Select label={W.posts} value={wish.with} onValue={(value) => set({ with: value })}
          options={[["none", say(W.postsToday)], ...(differs.value ? [["draft", say(W.postsDraft)] as const] : []), ...plans.map((one) => [`plan ${one.plan}`, named(one.name)] as const)]} />
        <Select label={W.policy} value={wish.policy} onValue={(policy) => set({ policy })} options={(Object.keys(POLICY) as (keyof typeof POLICY)[]).map((one) => [one, say(POLICY[one])] as const)} />
        <Input label={W.street} hint={W.streetHint} value={wish.street} onValue={(street) => set({ street })} />
        <Input label={W.seeds} type="number" min={2} max={200} value={String(wish.seeds)} onValue={(seeds) => set({ seeds: Number(seeds) })} />
        <Select label={W.area} value={wish.area} onValue={(area) => set({ area })} options={[["", say(W.noArea)], ...districts.map((one) => [String(one.area), named(one.name)] as const)]} />
        <Input label={W.perPost} hint={W.perPostHint} type="number" min={0} max={20} value={wish.perPost} onValue={(perPost) => set({ perPost })} />
      </div>
      {onDuty.value.length > 0 && (
        <label class="field">{say(W.off)}
          <select multiple size={4} onChange={(event) => set({ off: [...event.currentTarget.selectedOptions].map((one) => one.value) })}>
            {onDuty.value.slice(0, 300).map((one) => <option key={one.unit} value={String(one.unit)}>{one.call_sign}</option>)}
          </select>
        </label>
      )}
      <Button type="submit" kind="first" disabled={trial.going || !wish.day}>{say(W.go)}</Button>
    </form>
  );
}

/** Puts what came of a trial with the plan that was tried: the gate before it is published. */
async function attach(plan: number, run: number): Promise<void> {
  const found = await persist((k) => api.POST("/api/v1/plans/{plan}/simulation", { params: { path: { plan }, header: { "Idempotency-Key": k } }, body: { run } }));
  if (found.ok) done(say(W.attached));
  else failed(found.problem);
}

export function WhatIf() {
  const [sources, setSources] = useState<readonly Source[] | null>(null);
  const [plans, setPlans] = useState<readonly Plan[]>([]);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    void outcome(api.GET("/api/v1/whatif/days")).then((found) => (found.ok ? setSources(found.value) : setProblem(found.problem)));
    void outcome(api.GET("/api/v1/plans", { params: { query: { limit: 100 } } })).then((found) => found.ok && setPlans(found.value.items));
  }, []);
  const found = trial.result.value;
  const run = trial.run.value;
  const whole = found ? found.runs >= found.days.length * found.seeds : false;
  const tried = found?.arms.find((arm) => arm.plan != null && arm.pure)?.plan ?? null;
  return (
    <div class="scroll">
      {problem && <Fault problem={problem} />}
      {sources && <Ask sources={sources} plans={plans} />}
      {sources?.filter((one) => one.fault).map((one) => <p key={one.source} class="state">{one.source}: {one.fault}</p>)}
      <Progress of={trial} />
      {found && run && <TrialView found={found} run={run.run} />}
      {found && run && whole && tried !== null && <Button kind="first" onClick={() => void attach(tried, run.run)}>{say(W.attach)}</Button>}
      <ShadowSection />
    </div>
  );
}
