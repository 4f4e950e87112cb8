// Areas: their names, grades, thresholds and duty levels.
import { useMemo, useState } from "preact/hooks";
import type { Area } from "../api/documents";
import { Button, Empty, Input } from "../kit/controls";
import { collate } from "../live/board";
import { titleOf } from "../live/catalogue";
import { has } from "../live/session";
import { A, LEVEL } from "../words/planning";
import { language, named, oneOf, say } from "../words/say";
import { S } from "../words/settings";
import { AreaForm, DutyOrder, DUTY, minutes } from "./area-forms";
import { Shown } from "./asked";
import { Long } from "./long";
import { useAreas, type Areas } from "./places";

type Open = { what: "edit" | "order"; area: Area } | null;

const called = (area: Area): string => named(area.name) || (area.area === 0 ? say(S.wholeCity) : String(area.area));

function Rows({ shown, open }: { shown: readonly Area[]; open: (open: Open) => void }) {
  return (
    <table>
      <thead><tr>{[S.area, A.kind, A.grade, A.reach, A.duty].map((one) => <th key={one[0]}>{say(one)}</th>)}<th><span class="unseen">{say(S.edit)}</span></th></tr></thead>
      <tbody>
        {shown.map((one) => (
          <tr key={one.area}>
            <td><strong>{called(one)}</strong></td>
            <td>{oneOf(LEVEL, one.level)}</td>
            <td>{titleOf("grades", one.grade)}</td>
            <td>{one.reach_ms?.map(minutes).join(" – ")}</td>
            <td class={one.duty_level === "l3" ? "" : "warned"}>{oneOf(DUTY, one.duty_level)}</td>
            <td class="number">
              <span class="acts">
                {has("planner", "commander") && <Button label={`${say(S.edit)}: ${called(one)}`} onClick={() => open({ what: "edit", area: one })}>{say(S.edit)}</Button>}
                {has("duty_officer", "commander") && <Button label={`${say(A.order)}: ${called(one)}`} onClick={() => open({ what: "order", area: one })}>{say(A.order)}</Button>}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function List({ list, areas }: { list: readonly Area[]; areas: Areas }) {
  const [wanted, setWanted] = useState("");
  const [open, setOpen] = useState<Open>(null);
  const sorted = useMemo(() => [...list].sort((a, b) => collate(called(a), called(b))), [list, language.value]);
  const plain = wanted.trim().toLowerCase();
  const found = sorted.filter((one) => `${one.name.en ?? ""} ${one.name.zh ?? ""}`.toLowerCase().includes(plain));
  const common = open && { area: open.area, name: called(open.area), close: () => setOpen(null), saved: areas.asked.again };
  return (
    <section>
      <div class="tools">
        <Input label={A.find} type="search" value={wanted} onValue={setWanted} autocomplete="off" />
        <span class="faint">{say(S.counted, { n: found.length, all: list.length })}</span>
      </div>
      {found.length === 0 ? <Empty says={say(A.none)} /> : <Long rows={found} of={`${say(S.areas)} ${plain}`}>{(shown) => <Rows shown={shown} open={setOpen} />}</Long>}
      {common && open?.what === "edit" && <AreaForm {...common} tag={areas.asked.tag} />}
      {common && open?.what === "order" && <DutyOrder {...common} />}
    </section>
  );
}

export function AreasPage() {
  const areas = useAreas();
  return <Shown asked={areas.asked}>{(list) => <List list={list} areas={areas} />}</Shown>;
}
