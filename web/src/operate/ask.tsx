// Small questions before an order: which reason, which disposition, which type, a note. Asked in a dialog, answered by keyboard.
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { Button, Field, Input, Select } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { incidents } from "../live/board";
import { question as editing } from "../live/editing";
import { dispositions, reasons, types, type Coded } from "../live/catalogue";
import { PRIORITY, W as Common } from "../words/common";
import { SHEET } from "../words/operate";
import { named, say, type Pair } from "../words/say";
import { numbered } from "./orders";

type Question =
  | { ask: "reason" | "disposition"; title: Pair; then: (code: string) => void }
  | { ask: "note"; title: Pair; then: (text: string) => void }
  | { ask: "number"; title: Pair; then: (incident: number) => void }
  | { ask: "sure"; title: Pair; says: string; then: () => void }
  | { ask: "grade"; title: Pair; incident: number; then: (kind: string, priority: number, reason: string) => void };

const question = signal<Question | null>(null);

export function ask(wanted: Question): void {
  question.value = wanted;
  editing.value = true;
}

const close = (): void => {
  question.value = null;
  editing.value = false;
};

const options = (list: readonly Coded[]): [string, string][] => list.map((one) => [one.code, named(one.title)]);

/** A list to choose one of: letters find, arrows walk, Enter takes. */
function Choose({ list, take }: { list: readonly Coded[]; take: (code: string) => void }) {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const wanted = text.trim().toLowerCase();
  const found = list.filter((one) => [one.title.en.toLowerCase(), one.title.zh, one.code].some((name) => name.includes(wanted)));
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (by) {
      event.preventDefault();
      setAt((was) => Math.max(0, Math.min(found.length - 1, was + by)));
    } else if (event.key === "Enter") {
      event.preventDefault();
      const one = found[Math.min(at, found.length - 1)];
      if (one) take(one.code);
    }
  };
  return (
    <div class="choose" onKeyDown={onKeyDown}>
      <Input label={Common.search} value={text} onValue={(typed) => { setText(typed); setAt(0); }} autofocus />
      <ul role="listbox" aria-label={say(SHEET.choose)}>
        {found.map((one, index) => (
          <li key={one.code} role="option" aria-selected={index === at} onClick={() => take(one.code)}>{named(one.title)}</li>
        ))}
        {found.length === 0 && <li class="faint">{say(Common.nothingFound)}</li>}
      </ul>
    </div>
  );
}

function Note({ then }: { then: (text: string) => void }) {
  const [text, setText] = useState("");
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.trim()) then(text.trim());
  };
  return (
    <form class="stack" onSubmit={submit}>
      <Field label={SHEET.note}>
        {(props) => (
          <textarea
            {...props} rows={5} maxLength={4000} value={text} autofocus
            onInput={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => { if (event.key === "Enter" && event.ctrlKey) submit(event); }}
          />
        )}
      </Field>
      <footer><Button type="submit" kind="first" press="ctrl+Enter" disabled={!text.trim()}>{say(SHEET.addNote)}</Button></footer>
    </form>
  );
}

function Number_({ then }: { then: (incident: number) => void }) {
  const [text, setText] = useState("");
  const number = Number(text.replace("#", ""));
  const known = incidents.value.has(number);
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); if (known) then(number); }}>
      <Input label={SHEET.incident} value={text} onValue={setText} inputmode="numeric" autofocus placeholder={numbered(204)} />
      <footer><Button type="submit" kind="first" disabled={!known}>{say(Common.save)}</Button></footer>
    </form>
  );
}

function Grade({ incident, then }: { incident: number; then: (kind: string, priority: number, reason: string) => void }) {
  const one = incidents.value.get(incident);
  const [kind, setKind] = useState(one?.kind ?? "");
  const [priority, setPriority] = useState(String(one?.priority ?? 3));
  const [reason, setReason] = useState("new_report");
  return (
    <form class="stack" onSubmit={(event) => { event.preventDefault(); then(kind, Number(priority), reason); }}>
      <Select label={["Type", "类型"]} value={kind} onValue={setKind} options={options(types.value)} />
      <Select label={["Priority", "等级"]} value={priority} onValue={setPriority} options={(Object.entries(PRIORITY) as [string, Pair][]).map(([level, says]): [string, string] => [level, say(says)])} />
      <Select label={SHEET.reason} value={reason} onValue={setReason} options={options(reasons.value)} />
      <footer><Button type="submit" kind="first">{say(SHEET.regrade)}</Button></footer>
    </form>
  );
}

function Body({ asked }: { asked: Question }) {
  const then = <A extends unknown[]>(run: (...args: A) => void) => (...args: A) => {
    close();
    run(...args);
  };
  switch (asked.ask) {
    case "reason": return <Choose list={reasons.value} take={then(asked.then)} />;
    case "disposition": return <Choose list={dispositions.value} take={then(asked.then)} />;
    case "note": return <Note then={then(asked.then)} />;
    case "number": return <Number_ then={then(asked.then)} />;
    case "grade": return <Grade incident={asked.incident} then={then(asked.then)} />;
    case "sure":
      return (
        <>
          <p>{asked.says}</p>
          <footer><Button onClick={close}>{say(Common.cancel)}</Button><Button kind="first" onClick={then(asked.then)}>{say(Common.yes)}</Button></footer>
        </>
      );
  }
}

/** The question that is open, if one is. */
export function Asking() {
  const asked = question.value;
  if (!asked) return null;
  return <Dialog title={say(asked.title)} close={close}><Body key={asked.ask} asked={asked} /></Dialog>;
}

