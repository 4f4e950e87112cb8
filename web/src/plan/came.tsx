// What a run came to: its proof, before and after, what holds it back, and having it proposed.
import { useState } from "preact/hooks";
import { api, persist } from "../api/client";
import { Button, Input } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { done, failed } from "../kit/toasts";
import { areas } from "../live/board";
import { mayPlan } from "../live/session";
import { FIND as F } from "../words/plan";
import { named, number, percent, say } from "../words/say";
import { S } from "../words/settings";
import { BINDS as B, HOUR } from "../words/siting";
import { duration } from "../words/time";
import { takeOver, today } from "./draft";
import { gapSays } from "./progress";
import type { Siting } from "./runs";

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

/** A limit that binds, as the planner writes it. */
type Bind =
  | { limit: "posts"; most: number; next: number; by: number }
  | { limit: "money" | "staff"; spent: number; most: number }
  | { limit: "floor"; area: number }
  | { limit: "capacity"; candidate: number };

/** What a candidate is called: one that was chosen by its name, another by its number. */
const nameOf = (found: Siting, candidate: number): string => named(found.posts.find((one) => one.candidate === candidate)?.name ?? found.next_name) || `#${candidate}`;

function bindSays(found: Siting, bind: Bind): string {
  switch (bind.limit) {
    case "posts": {
      const post = nameOf(found, bind.next);
      const ofDemand = found.aim !== "median" && found.aim !== "centre" && found.aim !== "set";
      return say(ofDemand ? B.posts : B.postsTime, { most: bind.most, post, share: share(bind.by / found.parts, found.after.demand) });
    }
    case "money": case "staff": return say(B[bind.limit], { spent: bind.spent, most: bind.most });
    case "floor": return say(B.floor, { area: named(areas.value.get(bind.area)?.name) });
    case "capacity": return say(B.capacity, { post: nameOf(found, bind.candidate) });
  }
}

function Binds({ found }: { found: Siting }) {
  const binds = found.binds as unknown as Bind[];
  if (binds.length === 0) return null;
  return (
    <>
      <h4>{say(B.title)}</h4>
      <ul class="binds">{binds.map((bind, index) => <li key={index}>{bindSays(found, bind)}</li>)}</ul>
    </>
  );
}

/** Calls by hour of the day that demand was spread by. */
function Hours({ calls }: { calls: readonly number[] }) {
  const most = Math.max(...calls, 1);
  const says = say(HOUR.counted, { n: calls.reduce((sum, one) => sum + one, 0) });
  return (
    <figure class="week">
      <figcaption>{says}</figcaption>
      <svg viewBox="0 0 24 100" preserveAspectRatio="none" role="img" aria-label={says}>
        {calls.map((one, hour) => (
          <rect key={hour} class="bar" x={hour + 0.1} width="0.8" y={100 - (one / most) * 100} height={(one / most) * 100}>
            <title>{say(HOUR.at, { hour: `${String(hour).padStart(2, "0")}:00`, n: one })}</title>
          </rect>
        ))}
      </svg>
    </figure>
  );
}

export function Came({ found, run }: { found: Siting; run: number }) {
  const [proposing, setProposing] = useState(false);
  const { before, after } = found;
  // A draft is of posts that somebody is sent from.
  const sentFrom = new Set(today.value.map((one) => one.post));
  const take = () => takeOver(found.posts.filter((one) => one.post == null || sentFrom.has(one.post)).map((one) => ({ at: one.at as [number, number], post: one.post ?? null, name: named(one.name) })));
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
      {found.money + found.staff > 0 && <p class="muted">{say(B.takes, { money: found.money, staff: found.staff })}</p>}
      <Binds found={found} />
      {found.hours && <Hours calls={found.hours} />}
      <div class="row">
        <Button onClick={take}>{say(F.take)}</Button>
        {mayPlan.value && <Button kind="first" onClick={() => setProposing(true)}>{say(F.propose)}</Button>}
      </div>
      {proposing && <Propose run={run} close={() => setProposing(false)} />}
    </div>
  );
}
