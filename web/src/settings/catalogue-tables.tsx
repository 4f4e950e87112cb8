// The tables of the catalogue: types, named lists, grades, clocks by priority, rules.
import { useState } from "preact/hooks";
import { Button } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { CAT, CLOCKS, RULES } from "../words/catalogue";
import { W } from "../words/common";
import { oneOf, say } from "../words/say";
import { ladder, needs, NumberCell, ReadCell, TextCell } from "./catalogue-cells";
import { wrongClocks, type Clocks, type Entry, type Grade, type Rules, type Type } from "./catalogue-form";

export interface TableProps<T> {
  rows: readonly (readonly [at: number, row: T])[];
  wrong: (at: number | string) => string | undefined;
  set: (at: number, row: T) => void;
  remove: (at: number) => void;
}

const Heads = ({ of }: { of: readonly string[] }) => (
  <thead><tr>{of.map((one) => <th key={one}>{one}</th>)}<th><span class="unseen">{say(W.remove)}</span></th></tr></thead>
);

function Names<T extends Entry>({ at, row, set, wrong }: { at: number; row: T; set: (at: number, row: T) => void; wrong: boolean }) {
  const of = row.code || String(at + 1);
  return (
    <>
      <td><TextCell label={`${say(CAT.code)} ${of}`} wrong={wrong} value={row.code} change={(code) => set(at, { ...row, code })} /></td>
      <td><TextCell label={`${say(CAT.english)} ${of}`} value={row.title.en} change={(en) => set(at, { ...row, title: { ...row.title, en } })} /></td>
      <td><TextCell label={`${say(CAT.chinese)} ${of}`} value={row.title.zh} change={(zh) => set(at, { ...row, title: { ...row.title, zh } })} /></td>
    </>
  );
}

const Gone = ({ of, act }: { of: string; act: () => void }) => (
  <td class="number"><Button icon kind="plain" label={`${say(W.remove)}: ${of}`} onClick={act}>✕</Button></td>
);

const Why = ({ says, span }: { says: string | undefined; span: number }) => (says ? <tr class="wrong"><td colSpan={span} class="bad" role="alert">{says}</td></tr> : null);

export function NamedTable({ rows, wrong, set, remove }: TableProps<Entry>) {
  return (
    <table class="forms">
      <Heads of={[say(CAT.code), say(CAT.english), say(CAT.chinese)]} />
      <tbody>
        {rows.map(([at, row]) => (
          <>
            <tr key={at} class={wrong(at) ? "wrong" : ""}>
              <Names at={at} row={row} set={set} wrong={Boolean(wrong(at))} />
              <Gone of={row.code} act={() => remove(at)} />
            </tr>
            <Why says={wrong(at)} span={4} />
          </>
        ))}
      </tbody>
    </table>
  );
}

export function GradeTable({ rows, wrong, set, remove }: TableProps<Grade>) {
  const heads = [CAT.reach1, CAT.reach3, CAT.reach5];
  return (
    <table class="forms">
      <Heads of={[CAT.code, CAT.english, CAT.chinese, ...heads].map((one) => say(one))} />
      <tbody>
        {rows.map(([at, row]) => (
          <>
            <tr key={at} class={wrong(at) ? "wrong" : ""}>
              <Names at={at} row={row} set={set} wrong={Boolean(wrong(at))} />
              {heads.map((head, step) => (
                <td key={step}>
                  <NumberCell label={`${say(head)} ${row.code}`} value={row.reach[step] ?? 0} per={60_000}
                    change={(value) => set(at, { ...row, reach: row.reach.map((one, index) => (index === step ? value : one)) as Grade["reach"] })} />
                </td>
              ))}
              <Gone of={row.code} act={() => remove(at)} />
            </tr>
            <Why says={wrong(at)} span={7} />
          </>
        ))}
      </tbody>
    </table>
  );
}

export function TypeTable({ rows, wrong, set, remove, usual }: TableProps<Type> & { usual: readonly Clocks[] }) {
  const [opened, setOpened] = useState<number | null>(null);
  const open = opened === null ? undefined : rows.find(([at]) => at === opened);
  return (
    <>
      <table class="forms">
        <Heads of={[CAT.code, CAT.english, CAT.chinese, CAT.priority, CAT.listed, CAT.needs, CAT.own].map((one) => say(one))} />
        <tbody>
          {rows.map(([at, row]) => (
            <>
              <tr key={at} class={wrong(at) ? "wrong" : ""}>
                <Names at={at} row={row} set={set} wrong={Boolean(wrong(at))} />
                <td>
                  <select aria-label={`${say(CAT.priority)} ${row.code}`} value={row.priority} onChange={(event) => set(at, { ...row, priority: Number(event.currentTarget.value) })}>
                    {[1, 2, 3, 4, 5].map((one) => <option key={one} value={one}>{one}</option>)}
                  </select>
                </td>
                <td>
                  <input type="checkbox" aria-label={`${say(CAT.listedHint)}: ${row.code}`} title={say(CAT.listedHint)} checked={row.listed_preventable}
                    onChange={(event) => set(at, { ...row, listed_preventable: event.currentTarget.checked })} />
                </td>
                <td><ReadCell label={`${say(CAT.needs)} ${row.code}`} hint={say(CAT.needsHint)} value={row.needs} {...needs} change={(list) => set(at, { ...row, needs: list })} /></td>
                <td><Button label={`${say(row.clocks ? W.yes : CAT.ofPriority)}: ${say(CAT.ownOf, { code: row.code })}`} onClick={() => setOpened(at)}>{say(row.clocks ? W.yes : CAT.ofPriority)}</Button></td>
                <Gone of={row.code} act={() => remove(at)} />
              </tr>
              <Why says={wrong(at)} span={8} />
            </>
          ))}
        </tbody>
      </table>
      {open && (
        <Dialog title={say(CAT.ownOf, { code: open[1].code })} close={() => setOpened(null)} wide>
          <label class="check">
            <input type="checkbox" checked={open[1].clocks !== null}
              onChange={(event) => set(open[0], { ...open[1], clocks: event.currentTarget.checked ? structuredClone(usual[open[1].priority - 1] ?? null) : null })} />
            {say(CAT.useOwn)}
          </label>
          {open[1].clocks && <ClocksTable rows={[[open[1].code, open[1].clocks]]} wrong={() => (open[1].clocks ? (wrongClocks(open[1].clocks) ?? undefined) : undefined)}
            set={(_, clocks) => set(open[0], { ...open[1], clocks })} />}
          <footer><Button kind="first" onClick={() => setOpened(null)}>{say(W.close)}</Button></footer>
        </Dialog>
      )}
    </>
  );
}

const TIMES = ["unanswered", "unacknowledged", "overdue", "welfare", "again"] as const;

export function ClocksTable({ rows, wrong, set }: {
  rows: readonly (readonly [title: string, clocks: Clocks])[]; wrong: (at: number) => string | undefined; set: (at: number, clocks: Clocks) => void;
}) {
  return (
    <table class="forms">
      <thead><tr><th>{say(CAT.priority)}</th>{TIMES.map((one) => <th key={one}>{say(CAT.seconds, { what: say(CLOCKS[one]) })}</th>)}<th>{say(CLOCKS.ladder)}</th></tr></thead>
      <tbody>
        {rows.map(([title, clocks], at) => (
          <>
            <tr key={at} class={wrong(at) ? "wrong" : ""}>
              <th>{title}</th>
              {TIMES.map((one) => (
                <td key={one}><NumberCell label={`${say(CLOCKS[one])} ${title}`} value={clocks[one]} per={1_000} change={(value) => set(at, { ...clocks, [one]: value })} /></td>
              ))}
              <td><ReadCell label={`${say(CLOCKS.ladder)} ${title}`} value={clocks.ladder} {...ladder} change={(roles) => set(at, { ...clocks, ladder: roles })} /></td>
            </tr>
            <Why says={wrong(at)} span={7} />
          </>
        ))}
      </tbody>
    </table>
  );
}

const IN_MINUTES = new Set(["rest", "longest_shift", "week", "early", "duplicate_after", "keep_closed", "longest_order", "longest_hold"]);

function ruleTitle(name: string): string {
  const title = oneOf(RULES, name);
  if (name === "sos_again") return say(CAT.seconds, { what: title });
  return IN_MINUTES.has(name) ? say(CAT.minutes, { what: title }) : title;
}

export function RulesTable({ rules, wrong, set }: { rules: Rules; wrong: (name: string) => string | undefined; set: (rules: Rules) => void }) {
  return (
    <table class="forms">
      <tbody>
        {Object.entries(rules).map(([name, value]) => (
          <>
            <tr key={name} class={wrong(name) ? "wrong" : ""}>
              <th>{ruleTitle(name)}</th>
              <td>
                {Array.isArray(value)
                  ? <ReadCell label={ruleTitle(name)} value={value} {...ladder} change={(roles) => set({ ...rules, [name]: roles })} />
                  : <NumberCell label={ruleTitle(name)} value={value} per={name === "sos_again" ? 1_000 : IN_MINUTES.has(name) ? 60_000 : 1} change={(fresh) => set({ ...rules, [name]: fresh })} />}
              </td>
            </tr>
            <Why says={wrong(name)} span={2} />
          </>
        ))}
      </tbody>
    </table>
  );
}
