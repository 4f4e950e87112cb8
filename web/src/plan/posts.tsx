// Where posts go: a draft on the map, what it covers at once, the best that can be found with proof, and plans on record.
import { useEffect, useLayoutEffect } from "preact/hooks";
import { listen } from "../app/keys";
import { Button, Fault, Select } from "../kit/controls";
import { areas } from "../live/board";
import { mayPlan } from "../live/session";
import { pick, show } from "../map/state";
import { Asking } from "../operate/ask";
import { PLAN_POSTS as P } from "../words/plan";
import { named, percent, say } from "../words/say";
import { CoverView } from "./cover-view";
import { Hours } from "../settings/hours";
import { add, chosenKey, cover, coverFault, differs, draft, follow, hour, manned, remove, restart, within } from "./draft";
import { Find } from "./find";
import { mark, markBarred } from "./markers";
import { OnRecord } from "./on-record";

const DAYS = 7;

/** Monday 08:00 is hour 8 of the week. A Monday that was, so that the page's language names the day. */
const hourName = (at: number): string =>
  new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" }).format(Date.UTC(2024, 0, 1, at));

function pointAtNew(): void {
  pick.value = (at) => {
    pick.value = null;
    add(at);
  };
}

function Scope() {
  const named_ = [...areas.value.values()].filter((one) => one.level !== "grid_cell" && one.level !== "city");
  const hours = Array.from({ length: DAYS * 8 }, (_, index) => index * 3);
  return (
    <div class="fields">
      <Select label={P.demandOf} value={String(within.value ?? "")} onValue={(area) => (within.value = area === "" ? null : Number(area))}
        options={[["", say(P.whole)], ...named_.map((one): [string, string] => [String(one.area), named(one.name)])]} />
      <Select label={P.hourOf} value={String(hour.value ?? "")} onValue={(at) => (hour.value = at === "" ? null : Number(at))}
        options={[["", say(P.anyHour)], ...hours.map((at): [string, string] => [String(at), hourName(at)])]} />
    </div>
  );
}

/** The post of the draft that is chosen: what would be lost without it, and taking it out. */
function Chosen() {
  const index = draft.value.findIndex((one) => one.key === chosenKey.value);
  const one = draft.value[index];
  if (!one) return <p class="faint">{say(P.dragHint)}</p>;
  const found = cover.value?.posts[index];
  const minutes = cover.value?.minutes ?? [];
  return (
    <section class="chosen-post">
      <button type="button" class="name" onClick={() => show(one.at, 15)}>{one.name}</button>
      {found?.off_road && <p class="state">{say(P.offRoad)}</p>}
      {found && !found.off_road && minutes.map((n, band) => <p key={n} class="muted">{say(P.only, { n, share: percent((found.only[band] ?? 0) / 10_000, 1) })}</p>)}
      <Hours key={one.key} known={one.hours} change={(hours) => manned(one.key, hours)} />
      <Button press="Delete" onClick={() => remove(one.key)}>{say(P.removePost)}</Button>
    </section>
  );
}

function useKeys(): void {
  useLayoutEffect(
    () => listen(P.draft, [
      { press: "a", says: P.addPost, run: pointAtNew },
      { press: "Delete", says: P.removePost, run: () => chosenKey.value && remove(chosenKey.value) },
      { press: "Escape", says: P.addHint, hidden: true, run: () => { pick.value = null; chosenKey.value = null; } },
    ]),
    [],
  );
}

export function Posts() {
  useKeys();
  useEffect(() => {
    const stops = [follow(), mark(), markBarred()];
    return () => stops.forEach((stop) => stop());
  }, []);
  return (
    <>
      <div class="scroll">
        <Scope />
        <p><strong>{say(P.posts, { n: draft.value.length })}</strong></p>
        {coverFault.value && <Fault problem={coverFault.value} />}
        <CoverView />
        <Chosen />
        {mayPlan.value && <Find />}
        <OnRecord />
        {pick.value && <p class="pointing" role="status">{say(P.addHint)}</p>}
      </div>
      <footer>
        {mayPlan.value && <Button press="a" onClick={pointAtNew}>{say(P.addPost)}</Button>}
        <Button disabled={!differs.value} onClick={restart}>{say(P.restart)}</Button>
      </footer>
      <Asking />
    </>
  );
}
