// Every unit on duty in a row: what it does, on what, for how long, how old its fix is. Rows out of sight are not made.
import { useSignal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Incident, Unit } from "../api/documents";
import { Empty } from "../kit/controls";
import { Priority, Status } from "../kit/marks";
import { areas, incidents, onDuty } from "../live/board";
import { titleOf, typeTitle } from "../live/catalogue";
import { now, tick } from "../live/clock";
import { mayDispatch } from "../live/session";
import { chosenIncident, chosenUnit, map } from "../map/state";
import { W } from "../words/operate";
import { named, say } from "../words/say";
import { age, duration } from "../words/time";
import { isFree, openIncident, openUnit } from "./desk";
import { dispatch, numbered } from "./orders";

const ROW = 28;

type Filter = "all" | "free" | "busy";

/** Since when a unit does what it does: its task tells, else its document. */
export function since(unit: Unit, incident: Incident | undefined): number | null {
  const task = incident?.assignments.find((each) => each.unit === unit.unit && each.stage !== "ended");
  const last = task && [task.transporting, task.on_scene, task.en_route, task.acknowledged, task.dispatched].find(Boolean);
  const at = last ?? unit.since;
  return at ? Date.parse(at) : null;
}

/** How old a unit's fix is: of the map if it is in sight, else as the board told it, grown older since. */
function fixAge(unit: Unit): number | null {
  const seen = map.value?.where(unit.unit);
  if (seen) return seen.age;
  return unit.fix ? now() - Date.parse(unit.fix.time) : null;
}

function Row({ unit, top, on }: { unit: Unit; top: number; on: boolean }) {
  const incident = unit.incident == null ? undefined : incidents.value.get(unit.incident);
  const at = since(unit, incident);
  const fix = fixAge(unit);
  return (
    <div
      class="row" role="row" aria-selected={on} style={{ top: `${top}px` }} draggable={mayDispatch.value}
      onDragStart={(event) => event.dataTransfer?.setData("application/x-precinct-unit", String(unit.unit))}
      onClick={() => openUnit(unit.unit)}
    >
      <span role="cell" class="clip"><strong>{unit.call_sign}</strong></span>
      <span role="cell"><Status status={unit.status} /></span>
      <span role="cell" class="clip">
        {incident ? (
          <button type="button" class="name clip" onClick={(event) => { event.stopPropagation(); openIncident(incident.incident); }}>
            <Priority value={incident.priority} /> {numbered(incident.incident)} {typeTitle(incident.kind)}
          </button>
        ) : unit.reason ? <span class="muted">{titleOf("reasons", unit.reason)}</span> : ""}
      </span>
      <span role="cell" class="number">{at === null ? "" : duration(now() - at)}</span>
      <span role="cell" class={`number ${fix !== null && fix > 60_000 ? "old" : "faint"}`}>{fix === null ? "—" : age(fix)}</span>
      <span role="cell" class="clip faint">{named(areas.value.get(unit.area)?.name)}</span>
      <span role="cell" class="clip faint">{unit.capabilities.map((code) => titleOf("capabilities", code)).join(", ")}</span>
    </div>
  );
}

function wanted(unit: Unit, filter: Filter, text: string): boolean {
  if (filter === "free" && !isFree(unit)) return false;
  if (filter === "busy" && (isFree(unit) || unit.status === "out")) return false;
  if (!text) return true;
  const capable = unit.capabilities.some((code) => `${code} ${titleOf("capabilities", code)}`.toLowerCase().includes(text));
  return unit.call_sign.toLowerCase().includes(text) || capable || named(areas.value.get(unit.area)?.name).toLowerCase().includes(text);
}

function Rows({ list }: { list: Unit[] }) {
  void tick.value;
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(200);
  const at = useSignal(0);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => entry && setHeight(entry.contentRect.height));
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const first = Math.max(0, Math.floor(top / ROW) - 4);
  const last = Math.min(list.length, first + Math.ceil(height / ROW) + 8);
  const walk = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[event.key];
    const unit = list[at.value];
    if (by) {
      event.preventDefault();
      at.value = Math.max(0, Math.min(list.length - 1, at.value + by));
      box.current?.scrollTo({ top: Math.max(0, at.value * ROW - height / 2) });
    } else if (event.key === "Enter" && unit) {
      event.preventDefault();
      openUnit(unit.unit);
    } else if (event.key === "Insert" && unit && chosenIncident.value !== null) {
      void dispatch(chosenIncident.value, unit.unit, null);
    }
  };
  return (
    <div class="rows" ref={box} tabIndex={0} role="rowgroup" onScroll={(event) => setTop(event.currentTarget.scrollTop)} onKeyDown={walk}>
      <div style={{ height: `${list.length * ROW}px` }} role="presentation">
        {list.slice(first, last).map((unit, index) => (
          <Row key={unit.unit} unit={unit} top={(first + index) * ROW} on={unit.unit === chosenUnit.value || (chosenUnit.value === null && first + index === at.value)} />
        ))}
      </div>
    </div>
  );
}

export function UnitBoard() {
  const [filter, setFilter] = useState<Filter>("all");
  const [text, setText] = useState("");
  const all = onDuty.value;
  // Those on a task first; within that by call sign, so that a row moves only when its task begins or ends.
  const like = text.trim().toLowerCase();
  const ranks: Unit[][] = [[], [], []];
  for (const unit of all) if (wanted(unit, filter, like)) ranks[unit.incident != null ? 0 : isFree(unit) ? 1 : 2]?.push(unit);
  const list = ranks.flat();
  const head = [W.callSign, W.status, W.task, W.since, W.fix, W.area, W.can];
  const filters: [Filter, string, number][] = [
    ["all", say(W.all), all.length],
    ["free", say(W.free), all.filter(isFree).length],
    ["busy", say(W.busy), all.filter((unit) => !isFree(unit) && unit.status !== "out").length],
  ];
  return (
    <section class="unit-board" aria-label={say(W.unitBoardShow)}>
      <header>
        <h2>{say(W.unitBoard)}</h2>
        <div class="filters" role="group">
          {filters.map(([one, says, n]) => (
            <button key={one} type="button" class="button plain" aria-pressed={filter === one} onClick={() => setFilter(one)}>{says} <span class="faint">{n}</span></button>
          ))}
        </div>
        <input type="search" aria-label={say(W.filterUnits)} placeholder={say(W.filterUnits)} value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </header>
      {all.length === 0 ? (
        <Empty says={say(W.noUnits)} hint={say(W.noUnitsHint)} />
      ) : (
        <div class="grid" role="table" aria-label={say(W.unitBoard)} aria-rowcount={list.length}>
          <div class="row head" role="row">{head.map((says, index) => <span key={index} role="columnheader" class={index === 3 || index === 4 ? "number" : ""}>{say(says)}</span>)}</div>
          {list.length === 0 ? <Empty says={say(W.noUnitLike)} /> : <Rows list={list} />}
        </div>
      )}
    </section>
  );
}
