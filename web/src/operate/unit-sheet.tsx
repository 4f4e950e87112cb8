// The sheet of a unit: what it does, who crews it, until when; and of a post.
import { Button, Empty } from "../kit/controls";
import { Status } from "../kit/marks";
import { areas, incidents, onDuty, posts, shifts, units } from "../live/board";
import { titleOf, typeTitle } from "../live/catalogue";
import { now, tick } from "../live/clock";
import { mayDispatch } from "../live/session";
import { chosen, map, show } from "../map/state";
import { POST_KIND, POST_STATE, VEHICLE, W as Common } from "../words/common";
import { SHEET, W } from "../words/operate";
import { named, oneOf, say } from "../words/say";
import { age, duration, shortTime } from "../words/time";
import { ask } from "./ask";
import { openIncident, openUnit } from "./desk";
import * as orders from "./orders";
import { numbered } from "./orders";
import { since } from "./unit-board";

const close = (): void => {
  chosen.value = null;
};

function Deeds({ unit }: { unit: number }) {
  const one = units.value.get(unit);
  if (!one || !mayDispatch.value) return null;
  const out = () => ask({ ask: "reason", title: SHEET.outOfService, then: (reason) => void orders.out(unit, reason) });
  const end = () => {
    const shift = one.shift;
    if (shift == null) return;
    ask({ ask: "sure", title: SHEET.endTour, says: say(SHEET.endTourSure, { unit: one.call_sign }), then: () => void orders.endTour(shift) });
  };
  const at = map.value?.where(unit)?.at ?? (one.fix?.at as [number, number] | undefined);
  return (
    <footer class="deeds">
      {one.status === "available" && <Button onClick={out}>{say(SHEET.outOfService)}</Button>}
      {one.status === "out" && <Button kind="first" onClick={() => void orders.back(unit)}>{say(SHEET.backInService)}</Button>}
      {one.status !== "off_duty" && one.incident == null && <Button onClick={end}>{say(SHEET.endTour)}</Button>}
      {at && <Button onClick={() => show(at, 16)}>{say(W.fit)}</Button>}
    </footer>
  );
}

export function UnitSheet({ unit }: { unit: number }) {
  void tick.value;
  const one = units.value.get(unit);
  if (!one) return <section class="sheet"><Empty says={say(SHEET.gone)}><Button onClick={close}>{say(Common.close)}</Button></Empty></section>;
  const shift = one.shift == null ? undefined : shifts.value.get(one.shift);
  const incident = one.incident == null ? undefined : incidents.value.get(one.incident);
  const at = since(one, incident);
  const fix = map.value?.where(unit)?.age ?? (one.fix ? now() - Date.parse(one.fix.time) : null);
  const home = one.home == null ? undefined : posts.value.get(one.home);
  return (
    <section class="sheet" aria-label={`${say(SHEET.unit)} ${one.call_sign}`}>
      <header>
        <h2 class="clip">{one.call_sign}</h2>
        <Button kind="plain" icon label={say(W.closeSheet)} onClick={close}>✕</Button>
      </header>
      <div class="scroll">
        <div class="about">
          <p class="place"><Status status={one.status} /> {at !== null && <span class="muted">{duration(now() - at)}</span>} {one.reason && <span class="muted">{titleOf("reasons", one.reason)}</span>}</p>
          <p class="muted">{titleOf("forces", one.force)} · {oneOf(VEHICLE, one.vehicle)} · {named(areas.value.get(one.area)?.name)}</p>
        </div>
        {incident && (
          <section>
            <h3>{say(W.task)}</h3>
            <button type="button" class="name" onClick={() => openIncident(incident.incident)}>{numbered(incident.incident)} {typeTitle(incident.kind)} · {named(incident.street)}</button>
          </section>
        )}
        <dl class="facts">
          {shift && <div><dt>{say(SHEET.crew)}</dt><dd>{shift.members.map((each) => each.staff).join(", ")} <span class="faint">{say(SHEET.tourUntil, { at: shortTime(shift.ends) })}</span></dd></div>}
          <div><dt>{say(W.can)}</dt><dd>{one.capabilities.map((code) => titleOf("capabilities", code)).join(", ") || "—"}</dd></div>
          {home && <div><dt>{say(SHEET.home)}</dt><dd>{named(home.name)}</dd></div>}
          <div><dt>{say(W.fix)}</dt><dd>{fix === null ? say(SHEET.noFix) : say(SHEET.fixAge, { age: age(fix) })}</dd></div>
        </dl>
      </div>
      <Deeds unit={unit} />
    </section>
  );
}

export function PostSheet({ post }: { post: number }) {
  const one = posts.value.get(post);
  if (!one) return <section class="sheet"><Empty says={say(SHEET.gone)}><Button onClick={close}>{say(Common.close)}</Button></Empty></section>;
  const here = onDuty.value.filter((unit) => unit.home === post);
  return (
    <section class="sheet" aria-label={`${say(SHEET.post)} ${named(one.name)}`}>
      <header>
        <h2 class="clip">{named(one.name)}</h2>
        <Button kind="plain" icon label={say(W.closeSheet)} onClick={close}>✕</Button>
      </header>
      <div class="scroll">
        <p class="muted">{oneOf(POST_KIND, one.kind)} · {oneOf(POST_STATE, one.state)}{one.until && <> · {shortTime(one.until)}</>} · {named(areas.value.get(one.area)?.name)}</p>
        <section>
          <h3>{say(SHEET.unitsHere)}</h3>
          <ul class="related">
            {here.map((unit) => <li key={unit.unit}><Status status={unit.status} /><button type="button" class="name" onClick={() => openUnit(unit.unit)}>{unit.call_sign}</button></li>)}
            {here.length === 0 && <li class="faint">{say(Common.none)}</li>}
          </ul>
        </section>
      </div>
    </section>
  );
}
