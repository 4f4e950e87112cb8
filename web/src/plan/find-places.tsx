// Places of a plan: which posts of today stay and what they take, where none may be added, and the least cover of areas.
import { useEffect, useState } from "preact/hooks";
import { Button, Input, Select } from "../kit/controls";
import { areas } from "../live/board";
import { pick } from "../map/state";
import { LEVEL } from "../words/planning";
import { named, oneOf, percent, say } from "../words/say";
import { FLOOR, LIMIT as L, STAND as S } from "../words/siting";
import { draft } from "./draft";
import { floorable, kept, set, standing, staysOf, termsOf, wish, type Stays, type Terms } from "./wish";

const STAYS = ["keep", "may", "go"] as const;
/** More posts than anybody sets one by one are set all together. */
const SHOWN = 200;

function Row({ post, name, capacities }: { post: number; name: string; capacities: boolean }) {
  const terms = termsOf(post);
  const put = (part: Partial<Terms>) => set({ terms: { ...wish.value.terms, [post]: { ...terms, ...part } } });
  const cell = (what: keyof Terms, says: typeof L.takesMoney) => (
    <td><input type="number" min={0} value={terms[what]} aria-label={say(S.of, { what: say(says), post: name })} onInput={(event) => put({ [what]: event.currentTarget.value })} /></td>
  );
  return (
    <tr>
      <th scope="row" class="clip">{name}</th>
      <td>
        <select value={staysOf(post)} aria-label={say(S.of, { what: say(S.is), post: name })} onChange={(event) => set({ stays: { ...wish.value.stays, [post]: event.currentTarget.value as Stays } })}>
          {STAYS.map((one) => <option key={one} value={one}>{say(S[one])}</option>)}
        </select>
      </td>
      {cell("money", L.takesMoney)}
      {cell("staff", L.takesStaff)}
      {capacities && cell("capacity", L.capacity)}
    </tr>
  );
}

/** Posts of today: which stay, which may go, which go, and what each takes. */
export function Standing() {
  const [open, setOpen] = useState(false);
  const all = standing.value;
  const capacities = wish.value.aim === "cover";
  const every = (stays: Stays) => set({ stays: { ...wish.value.stays, ...Object.fromEntries(all.map((one) => [one.post ?? 0, stays])) } });
  if (all.length === 0) return null;
  const same = STAYS.find((stays) => all.every((one) => staysOf(one.post ?? 0) === stays)) ?? "";
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say(S.title, { n: kept.value.length })}</summary>
      {open && (
        <>
          <Select label={S.all} value={same} onValue={(stays) => stays && every(stays as Stays)} options={[...(same ? [] : [["", "—"] as const]), ...STAYS.map((one) => [one, say(S[one])] as const)]} />
          <div class="wide-table">
            <table class="cover-table terms">
              <thead><tr><th scope="col">{say(S.post)}</th><th scope="col">{say(S.is)}</th><th scope="col">{say(L.takesMoney)}</th><th scope="col">{say(L.takesStaff)}</th>{capacities && <th scope="col">{say(L.capacity)}</th>}</tr></thead>
              <tbody>{all.slice(0, SHOWN).map((one) => <Row key={one.key} post={one.post ?? 0} name={one.name} capacities={capacities} />)}</tbody>
            </table>
          </div>
        </>
      )}
    </details>
  );
}

const without = <T,>(list: readonly T[], one: T): T[] => list.filter((other) => other !== one);

/** A thing that was chosen, and taking it back. */
function Chip({ says, lift }: { says: string; lift: () => void }) {
  return <li><span class="clip">{says}</span> <Button kind="plain" icon label={say(S.lift, { what: says })} onClick={lift}>✕</Button></li>;
}

/** Where no post may be added: areas, and places that are pointed at. */
export function Barred() {
  const of = wish.value;
  const own = draft.value.filter((one) => one.post === null).length;
  const point = () => {
    pick.value = (at) => {
      pick.value = null;
      set({ barredPlaces: [...wish.value.barredPlaces, [at[0], at[1]]] });
    };
  };
  useEffect(() => () => void (pick.value = null), []);
  const areasLeft = floorable.value.filter((one) => !of.barredAreas.includes(one.area));
  return (
    <details>
      <summary>{say(S.barred)}</summary>
      <ul class="chips">
        {of.barredAreas.map((area) => <Chip key={area} says={named(areas.value.get(area)?.name)} lift={() => set({ barredAreas: without(of.barredAreas, area) })} />)}
        {of.barredPlaces.map((place, index) => <Chip key={place.join()} says={say(S.place, { n: index + 1 })} lift={() => set({ barredPlaces: without(of.barredPlaces, place) })} />)}
      </ul>
      <div class="fields">
        <Select label={S.barArea} value="" onValue={(area) => area && set({ barredAreas: [...of.barredAreas, Number(area)] })}
          options={[["", say(S.choose)], ...areasLeft.map((one): [string, string] => [String(one.area), named(one.name)])]} />
        <Input label={S.metres} type="number" min={0} max={20_000} value={String(of.metres)} onValue={(metres) => set({ metres: Math.max(0, Number(metres) || 0) })} />
      </div>
      <Button onClick={point}>{say(S.barPlace)}</Button>
      {pick.value && <p class="pointing" role="status">{say(S.barHint)}</p>}
      {own > 0 && <label class="check"><input type="checkbox" checked={of.own} onChange={(event) => set({ own: event.currentTarget.checked })} /> {say(S.own)}</label>}
    </details>
  );
}

const floorName = (of: string): string => (of.startsWith("level ") ? say(FLOOR.each, { level: oneOf(LEVEL, of.slice(6)) }) : named(areas.value.get(Number(of))?.name));

/** The least cover of areas: of each of a level, or of one. */
export function Floors() {
  const [of, setOf] = useState("");
  const [least, setLeast] = useState("80");
  const levels = [...new Set(floorable.value.map((one) => one.level))].map((one) => `level ${one}`);
  const options = [...levels, ...floorable.value.map((one) => String(one.area))];
  if (options.length === 0) return null;
  const add = () => {
    set({ floors: [...wish.value.floors.filter((one) => one.of !== of), { of, percent: least }] });
    setOf("");
  };
  return (
    <details>
      <summary>{say(FLOOR.title)}</summary>
      <ul class="chips">
        {wish.value.floors.map((one) => <Chip key={one.of} says={say(FLOOR.says, { area: floorName(one.of), share: percent(Number(one.percent) / 100, 1) })} lift={() => set({ floors: without(wish.value.floors, one) })} />)}
      </ul>
      <div class="fields">
        <Select label={FLOOR.of} value={of} onValue={setOf} options={[["", say(S.choose)], ...options.map((one): [string, string] => [one, floorName(one)])]} />
        <Input label={FLOOR.percent} type="number" min={0} max={100} value={least} onValue={setLeast} />
      </div>
      <Button disabled={!of || !least} onClick={add}>{say(FLOOR.add)}</Button>
    </details>
  );
}
