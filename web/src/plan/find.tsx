// Having posts chosen: what to aim at, how many, what stays; the run with its falling gap; its plan proposed.
import { useState } from "preact/hooks";
import { api, outcome, persist } from "../api/client";
import { Button, Fault, Input, Select } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { done, failed } from "../kit/toasts";
import { mayPlan } from "../live/session";
import { AIM, FIND as F } from "../words/plan";
import { named, number, percent, say } from "../words/say";
import { S } from "../words/settings";
import { duration } from "../words/time";
import { takeOver, today, within } from "./draft";
import { gapSays, Progress } from "./progress";
import { siting, type Siting } from "./runs";

interface Wish { aim: string; more: number; keep: boolean; minutes: string; sites: boolean; streets: number; days: string }

function start({ aim, more, keep, minutes, sites, streets, days }: Wish): void {
  const kept = keep ? today.value.map((one) => one.post ?? 0) : [];
  const count = aim === "set" ? { choose: null, more: null } : keep ? { choose: null, more } : { choose: more, more: null };
  const body = {
    candidates: { area: within.value, streets, sites, places: [] }, aim: aim as "cover", ...count, minutes: minutes.split(/[,，\s]+/).map(Number).filter((n) => n > 0),
    outer_minutes: null, share: null, busy: null, keep: kept, floors: [], nodes: null, fitted: days.split(/[,，\s]+/).filter(Boolean), parent: null,
  };
  void siting.start(outcome(api.POST("/api/v1/planning/runs", { body })));
}

function Propose({ run, close }: { run: number; close: () => void }) {
  const [en, setEn] = useState("");
  const [zh, setZh] = useState("");
  const submit = async (event: Event) => {
    event.preventDefault();
    const found = await persist((k) => api.POST("/api/v1/plans", { params: { header: { "Idempotency-Key": k } }, body: { run, name: { en, zh }, post_kind: null } }));
    if (!found.ok) return failed(found.problem);
    done(say(F.proposed));
    close();
  };
  return (
    <Dialog title={say(F.propose)} close={close}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <p class="muted">{say(F.proposeHint)}</p>
        <Input label={S.nameEn} value={en} onValue={setEn} autofocus />
        <Input label={S.nameZh} value={zh} onValue={setZh} wrong={en || zh ? null : say(S.nameNeeded)} />
        <footer><Button type="submit" kind="first" disabled={!(en || zh)}>{say(F.propose)}</Button></footer>
      </form>
    </Dialog>
  );
}

const share = (part: number, of: number): string => percent(of > 0 ? part / of : 0, 1);

function Came({ found, run }: { found: Siting; run: number }) {
  const [proposing, setProposing] = useState(false);
  const { before, after } = found;
  const take = () => takeOver(found.posts.map((one) => ({ at: one.at as [number, number], post: one.post ?? null, name: named(one.name) })));
  return (
    <div class="came">
      <p><strong>{say(found.proven ? F.proven : F.within, { gap: gapSays(found.gap_ppm) })}</strong>{found.cancelled && ` ${say(F.wasCancelled)}`}</p>
      <table class="cover-table">
        <thead><tr><th /><th scope="col">{say(F.before)}</th><th scope="col">{say(F.after)}</th></tr></thead>
        <tbody>
          <tr><th scope="row">{say(F.covered)}</th><td>{share(before.covered, before.demand)}</td><td><strong>{share(after.covered, after.demand)}</strong></td></tr>
          <tr><th scope="row">{say(F.twice)}</th><td>{share(before.twice, before.demand)}</td><td>{share(after.twice, after.demand)}</td></tr>
          <tr><th scope="row">{say(F.mean)}</th><td>{duration(before.mean_ms)}</td><td>{duration(after.mean_ms)}</td></tr>
          <tr><th scope="row">{say(F.longest)}</th><td>{duration(before.longest_ms)}</td><td>{duration(after.longest_ms)}</td></tr>
          <tr><th scope="row">{say(F.postsIn)}</th><td>{number(found.posts.filter((one) => one.post != null).length + found.dropped.length)}</td><td>{number(found.posts.length)}</td></tr>
        </tbody>
      </table>
      <div class="row">
        <Button onClick={take}>{say(F.take)}</Button>
        {mayPlan.value && <Button kind="first" onClick={() => setProposing(true)}>{say(F.propose)}</Button>}
      </div>
      {proposing && <Propose run={run} close={() => setProposing(false)} />}
    </div>
  );
}

export function Find() {
  const [wish, setWish] = useState<Wish>({ aim: "cover", more: 3, keep: true, minutes: "3", sites: false, streets: 400, days: "" });
  const set = (part: Partial<Wish>) => setWish({ ...wish, ...part });
  const run = siting.run.value;
  return (
    <details class="find" open={run !== null}>
      <summary>{say(F.title)}</summary>
      <form class="stack" onSubmit={(event) => { event.preventDefault(); start(wish); }}>
        <div class="fields">
          <Select label={F.aim} value={wish.aim} onValue={(aim) => set({ aim })} options={(Object.keys(AIM) as (keyof typeof AIM)[]).map((one) => [one, say(AIM[one])] as const)} />
          <Input label={F.minutes} value={wish.minutes} onValue={(minutes) => set({ minutes })} inputmode="text" />
          {wish.aim !== "set" && <Input label={wish.keep ? F.more : F.choose} type="number" min={1} max={200} value={String(wish.more)} onValue={(more) => set({ more: Number(more) })} />}
          <Input label={F.streets} type="number" min={10} max={2000} value={String(wish.streets)} onValue={(streets) => set({ streets: Number(streets) })} />
          <Input label={F.days} hint={F.daysHint} value={wish.days} onValue={(days) => set({ days })} placeholder="2024-01-08" />
        </div>
        <label class="check"><input type="checkbox" checked={wish.keep} onChange={(event) => set({ keep: event.currentTarget.checked })} /> {say(F.keep, { n: today.value.length })}</label>
        <label class="check"><input type="checkbox" checked={wish.sites} onChange={(event) => set({ sites: event.currentTarget.checked })} /> {say(F.sites)}</label>
        <Button type="submit" kind="first" disabled={siting.going}>{say(F.go)}</Button>
      </form>
      {siting.problem.value && <Fault problem={siting.problem.value} />}
      <Progress of={siting} />
      {siting.result.value && run && <Came found={siting.result.value} run={run.run} />}
    </details>
  );
}
