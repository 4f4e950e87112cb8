// A new ring: the border of an area or a line that is drawn, the roads across it, a name.
import { useEffect, useState } from "preact/hooks";
import type { Problem } from "../api/client";
import { listen } from "../app/keys";
import { Button, Fault, Input, Select } from "../kit/controls";
import { areas } from "../live/board";
import { lined, pick } from "../map/state";
import { W } from "../words/common";
import { RING } from "../words/plan";
import { named, say } from "../words/say";
import { S } from "../words/settings";
import * as orders from "./ring-orders";
import type { Crossings } from "./ring-orders";
import { borderOf, CrossingList } from "./rings";

type Corner = [number, number];

/** Collects corners that are pointed at on the map, while it is on. */
function useDrawing(on: boolean): [Corner[], (to: Corner[]) => void] {
  const [corners, setCorners] = useState<Corner[]>([]);
  useEffect(() => {
    if (!on) return;
    pick.value = (at) => setCorners((was) => [...was, at]);
    const forget = listen(RING.draw, [{ press: "Backspace", says: RING.drawHint, run: () => setCorners((was) => was.slice(0, -1)) }]);
    return () => {
      pick.value = null;
      forget();
    };
  }, [on]);
  return [corners, setCorners];
}

function Keep({ found, border, line, travels, done }: {
  found: Crossings; border: number | null; line: Corner[]; travels: string; done: (ring: number | null) => void;
}) {
  const area = border ?? [...areas.value.values()].find((one) => one.level === "city")?.area ?? 0;
  const start = border === null ? { en: "", zh: "" } : areas.value.get(border)?.name;
  const [en, setEn] = useState(start?.en ?? "");
  const [zh, setZh] = useState(start?.zh ?? "");
  const keep = async (event: Event) => {
    event.preventDefault();
    const made = await orders.define({ name: { en, zh }, area, border, line: border === null ? line : [], travels, crossings: found.crossings, roads: found.roads });
    if (made !== null) done(made);
  };
  const manned = found.crossings.filter((one) => one.post != null).length;
  return (
    <form class="stack" onSubmit={(event) => void keep(event)}>
      <p><strong>{say(RING.crossings, { n: found.crossings.length })}</strong> · {say(RING.manned, { n: manned })}</p>
      <Input label={S.nameEn} value={en} onValue={setEn} />
      <Input label={S.nameZh} value={zh} onValue={setZh} wrong={en || zh ? null : say(S.nameNeeded)} />
      <Button type="submit" kind="first" disabled={!(en || zh)}>{say(RING.save)}</Button>
      <CrossingList crossings={found.crossings} />
    </form>
  );
}

export function NewRing({ done }: { done: (ring: number | null) => void }) {
  // Only areas whose border is known can be ringed by it.
  const named_ = [...areas.value.values()].filter((one) => one.level !== "grid_cell" && borderOf(one.area).length > 0);
  const [of, setOf] = useState("draw");
  const [travels, setTravels] = useState("car");
  const [found, setFound] = useState<Crossings | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [corners, setCorners] = useDrawing(of === "draw" && !found);
  const border = of === "draw" ? null : Number(of);
  const line = border === null ? corners : borderOf(border);
  useEffect(() => {
    lined.value = { line, crossings: (found?.crossings ?? []).map((one) => ({ at: one.at, manned: one.post != null })) };
  }, [line, found]);
  const again = () => setFound(null);
  const find = async () => {
    setBusy(true);
    const result = await orders.findCrossings({ line: border === null ? corners : [], border, travels });
    setBusy(false);
    if (result.ok) setFound(result.value);
    setProblem(result.ok ? null : result.problem);
  };
  return (
    <>
      <div class="scroll">
        <Button kind="plain" onClick={() => done(null)}>‹ {say(RING.back)}</Button>
        <h2>{say(RING.add)}</h2>
        <Select label={RING.border} value={of} onValue={(to) => { setOf(to); setCorners([]); again(); }}
          options={[["draw", say(RING.draw)], ...named_.map((one): [string, string] => [String(one.area), named(one.name)])]} />
        <Select label={RING.travels} value={travels} onValue={(to) => { setTravels(to); again(); }} options={[["car", say(RING.car)], ["foot", say(RING.foot)]]} />
        {of === "draw" && !found && <p class="pointing" role="status">{say(RING.drawHint)} {corners.length > 0 && say(RING.corners, { n: corners.length })}</p>}
        {problem && <Fault problem={problem} />}
        {!found && <Button kind="first" disabled={busy || (border === null && corners.length < 3)} onClick={() => void find()}>{say(busy ? RING.finding : RING.find)}</Button>}
        {found && <Button onClick={again}>{say(W.again)}</Button>}
        {found && <Keep found={found} border={border} line={corners} travels={travels} done={done} />}
      </div>
    </>
  );
}
