// Units: what they are called, what they can do, where they work from; lent ones.
import { useMemo, useState } from "preact/hooks";
import { api } from "../api/client";
import type { Unit } from "../api/documents";
import { Button, Empty, Input } from "../kit/controls";
import { Status } from "../kit/marks";
import { collate } from "../live/board";
import { titleOf } from "../live/catalogue";
import { has } from "../live/session";
import { VEHICLE } from "../words/common";
import { U } from "../words/planning";
import { language, named, oneOf, say } from "../words/say";
import { S } from "../words/settings";
import { dayTime } from "../words/time";
import { everything, Saved, Shown, useAsked, useSaving, type Asked } from "./asked";
import { Long, Sure } from "./long";
import { useAreas, usePosts } from "./places";
import { UnitForm } from "./unit-form";

export function useUnits(): Asked<Unit[]> {
  return useAsked(() => everything<Unit>((cursor) => api.GET("/api/v1/units", { params: { query: { cursor: cursor ?? null, limit: 1000 } } })));
}

/** What is being done: a unit is described anew, added, taken in, sent back. */
type Open = { what: "edit" | "back"; unit: Unit } | { what: "add" | "lend" } | null;

function Rows({ shown, homeOf, areaOf, open }: { shown: readonly Unit[]; homeOf: (post: number) => string; areaOf: (area: number) => string; open: (open: Open) => void }) {
  const heads = [U.callSign, U.force, U.can, U.area, U.home, U.vehicle, U.status];
  return (
    <table>
      <thead><tr>{heads.map((one) => <th key={one[0]}>{say(one)}</th>)}<th><span class="unseen">{say(S.edit)}</span></th></tr></thead>
      <tbody>
        {shown.map((one) => (
          <tr key={one.unit}>
            <td><strong>{one.call_sign}</strong></td>
            <td>{titleOf("forces", one.force)}</td>
            <td>{one.capabilities.map((code) => titleOf("capabilities", code)).join(language.value === "zh" ? "、" : ", ")}</td>
            <td>{areaOf(one.area)}</td>
            <td>{one.home == null ? "" : homeOf(one.home)}</td>
            <td>{oneOf(VEHICLE, one.vehicle)}</td>
            <td>{one.lent_until ? say(U.lentUntil, { at: dayTime(one.lent_until) }) : <Status status={one.status} />}</td>
            <td class="number">
              {one.lent_until
                ? has("duty_officer", "commander") && <Button label={`${say(U.giveBack)}: ${one.call_sign}`} onClick={() => open({ what: "back", unit: one })}>{say(U.giveBack)}</Button>
                : has("planner", "commander") && <Button label={`${say(S.edit)}: ${one.call_sign}`} onClick={() => open({ what: "edit", unit: one })}>{say(S.edit)}</Button>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function List({ units, asked }: { units: readonly Unit[]; asked: Asked<Unit[]> }) {
  const areas = useAreas();
  const posts = usePosts();
  const [wanted, setWanted] = useState("");
  const [open, setOpen] = useState<Open>(null);
  const saving = useSaving(asked.again);
  const list = posts.found?.ok ? posts.found.value : [];
  const homes = useMemo(() => new Map(list.map((post) => [post.post, named(post.name)])), [list, language.value]);
  const plain = wanted.trim().toLowerCase();
  const sorted = useMemo(() => [...units].sort((a, b) => collate(a.call_sign, b.call_sign)), [units]);
  const found = sorted.filter((one) => one.call_sign.toLowerCase().includes(plain));
  const number = units.reduce((most, one) => Math.max(most, one.unit), 0) + 1;
  const giveBack = (unit: Unit) => {
    setOpen(null);
    const params = { path: { unit: unit.unit }, header: { "Idempotency-Key": crypto.randomUUID() } };
    void saving.run((headers) => api.POST("/api/v1/units/{unit}/aid/end", { params, headers, body: {} }), null, say(S.saved));
  };
  const close = () => setOpen(null);
  const common = { number, tag: asked.tag, areas, posts: list, close, saved: asked.again };
  return (
    <section>
      <div class="tools">
        <Input label={U.find} type="search" value={wanted} onValue={setWanted} autocomplete="off" />
        <span class="faint">{say(S.counted, { n: found.length, all: units.length })}</span>
        <span class="grow" />
        {has("duty_officer", "commander") && <Button onClick={() => setOpen({ what: "lend" })}>{say(U.lend)}</Button>}
        {has("planner", "commander") && <Button kind="first" onClick={() => setOpen({ what: "add" })}>{say(U.add)}</Button>}
      </div>
      <Saved saving={saving} theirs={asked.again} />
      {found.length === 0 ? <Empty says={say(U.none)} hint={say(U.noneHint)} /> : (
        <Long rows={found} of={`${say(S.units)} ${plain}`}>
          {(shown) => <Rows shown={shown} homeOf={(post) => homes.get(post) ?? String(post)} areaOf={areas.nameOf} open={setOpen} />}
        </Long>
      )}
      {open?.what === "edit" && <UnitForm {...common} unit={open.unit} />}
      {open?.what === "add" && <UnitForm {...common} unit={null} />}
      {open?.what === "lend" && <UnitForm {...common} unit={null} lent />}
      {open?.what === "back" && <Sure says={say(U.giveBackSure, { unit: open.unit.call_sign })} act={say(U.giveBack)} doIt={() => giveBack(open.unit)} close={close} />}
    </section>
  );
}

export function UnitsPage() {
  const asked = useUnits();
  return <Shown asked={asked}>{(units) => <List units={units} asked={asked} />}</Shown>;
}
