// The type catalogue: edited as tables, looked through as what changes, saved whole; in and out as a file.
import { useMemo, useRef, useState } from "preact/hooks";
import { api, type Schemas } from "../api/client";
import { Button, Empty, Input, Tabs } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { done, failed } from "../kit/toasts";
import { CAT } from "../words/catalogue";
import { W } from "../words/common";
import { say } from "../words/say";
import { S } from "../words/settings";
import { detailOf } from "../words/told";
import { Saved, Shown, useAsked, useSaving } from "./asked";
import { changes, copyOf, faults, lacks, ordered, rowNamed, tabOf, TABS, type Change, type Entry, type Form, type List, type Tab, type Type, type Grade } from "./catalogue-form";
import { ClocksTable, GradeTable, NamedTable, RulesTable, TypeTable } from "./catalogue-tables";
import { Long } from "./long";

function exported(form: Form): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(form, null, 2)}\n`], { type: "application/json" }));
  link.download = `catalogue-${form.version}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}

function Files({ form, take }: { form: Form; take: (form: Form) => void }) {
  const file = useRef<HTMLInputElement>(null);
  const read = async (chosen: File | undefined) => {
    if (!chosen) return;
    if (file.current) file.current.value = "";
    try {
      const found: unknown = JSON.parse(await chosen.text());
      const what = lacks(found);
      if (what) return failed(say(CAT.notOne, { file: chosen.name, what }));
      take(found as Form);
      done(say(CAT.loaded, { file: chosen.name }));
    } catch {
      failed(say(CAT.notJson, { file: chosen.name }));
    }
  };
  return (
    <>
      <input ref={file} type="file" accept="application/json,.json" hidden aria-label={say(CAT.imported)} onChange={(event) => void read(event.currentTarget.files?.[0])} />
      <Button onClick={() => file.current?.click()}>{say(CAT.imported)}</Button>
      <Button onClick={() => exported(form)}>{say(CAT.exported)}</Button>
    </>
  );
}

interface PartProps { form: Form; tab: Tab; wrong: ReadonlyMap<string, string>; change: (form: Form) => void }

const EMPTY: Record<"named" | "types" | "grades", object> = {
  named: {}, types: { priority: 3, listed_preventable: false, needs: [], clocks: null }, grades: { reach: [60_000, 180_000, 300_000] },
};

function ListPart({ form, tab, wrong, change }: PartProps & { tab: List }) {
  const [wanted, setWanted] = useState("");
  const plain = wanted.trim().toLowerCase();
  const all: readonly Entry[] = form[tab];
  const rows = all.map((row, at) => [at, row] as const).filter(([at, row]) =>
    !plain || wrong.has(`${tab} ${at}`) || [row.code, row.title.en, row.title.zh].some((text) => text.toLowerCase().includes(plain)));
  const set = (at: number, row: Entry) => change({ ...form, [tab]: all.map((one, index) => (index === at ? row : one)) });
  const remove = (at: number) => change({ ...form, [tab]: all.filter((_, index) => index !== at) });
  const add = () => {
    setWanted("");
    const kind = tab === "types" || tab === "grades" ? tab : "named";
    change({ ...form, [tab]: [{ code: "", title: { en: "", zh: "" }, ...structuredClone(EMPTY[kind]) }, ...all] });
  };
  const told = (at: number | string) => wrong.get(`${tab} ${at}`);
  return (
    <>
      <div class="tools">
        <Input label={CAT.find} type="search" value={wanted} onValue={setWanted} />
        <Button onClick={add}>{say(CAT.add)}</Button>
      </div>
      {rows.length === 0 ? <Empty says={say(W.nothingFound)} /> : (
        <Long rows={rows} of={`${say(CAT[tab])} ${plain}`}>
          {(shown) => {
            if (tab === "types") return <TypeTable rows={shown as readonly (readonly [number, Type])[]} wrong={told} set={set} remove={remove} usual={form.clocks} />;
            if (tab === "grades") return <GradeTable rows={shown as readonly (readonly [number, Grade])[]} wrong={told} set={set} remove={remove} />;
            return <NamedTable rows={shown} wrong={told} set={set} remove={remove} />;
          }}
        </Long>
      )}
    </>
  );
}

function Part(props: PartProps) {
  const { form, tab, wrong, change } = props;
  if (tab === "clocks") {
    const rows = form.clocks.map((clocks, at) => [String(at + 1), clocks] as const);
    return (
      <div class="scroll" tabIndex={0} role="region" aria-label={say(CAT.clocks)}>
        <ClocksTable rows={rows} wrong={(at) => wrong.get(`clocks ${at}`)} set={(at, clocks) => change({ ...form, clocks: form.clocks.map((one, index) => (index === at ? clocks : one)) })} />
      </div>
    );
  }
  if (tab === "rules") {
    return (
      <div class="scroll" tabIndex={0} role="region" aria-label={say(CAT.rules)}>
        <RulesTable rules={form.rules} wrong={(name) => wrong.get(`rules ${name}`)} set={(rules) => change({ ...form, rules })} />
      </div>
    );
  }
  return <ListPart key={tab} {...props} tab={tab} />;
}

function Review({ changed, save, close }: { changed: readonly Change[]; save: () => void; close: () => void }) {
  return (
    <Dialog title={say(CAT.changes)} close={close} wide>
      <table>
        <tbody>{changed.map((one, at) => <tr key={at}><td class="mono">{one.where}</td><td>{one.what}</td></tr>)}</tbody>
      </table>
      <footer>
        <Button onClick={close}>{say(W.cancel)}</Button>
        <Button kind="first" onClick={save}>{say(CAT.save)}</Button>
      </footer>
    </Dialog>
  );
}

function Editor({ saved, tag, again }: { saved: Form; tag: string | null; again: () => void }) {
  const [form, setForm] = useState(() => copyOf(saved));
  const [tab, setTab] = useState<Tab>("types");
  const [looking, setLooking] = useState(false);
  const saving = useSaving(again);
  const told = saving.problem && [400, 409].includes(saving.problem.status) ? rowNamed(form, saving.problem) : null;
  const wrong = useMemo(() => {
    const found = new Map(faults(form));
    if (told && saving.problem) found.set(told, detailOf(saving.problem));
    return found;
  }, [form, told]);
  const changed = useMemo(() => changes(ordered(saved), ordered(form)), [saved, form]);
  const change = (fresh: Form) => {
    saving.forget();
    setForm(fresh);
  };
  const save = async () => {
    setLooking(false);
    const body = ordered(form);
    setForm(body);
    await saving.run((headers) => api.PUT("/api/v1/catalogue", {
      params: { header: { "Idempotency-Key": crypto.randomUUID() } }, body: body as unknown as Schemas["CatalogueBody"], headers,
    }), tag, say(S.saved));
  };
  const count = (one: Tab) => [...wrong.keys()].filter((row) => tabOf(row) === one).length;
  const tabs = TABS.map((one) => [one, count(one) ? `${say(CAT[one])} (${count(one)}!)` : say(CAT[one])] as const);
  return (
    <section>
      <p class="muted">{say(CAT.intro)}</p>
      <div class="tools">
        <Input label={CAT.version} hint={CAT.versionHint} value={form.version} onValue={(version) => change({ ...form, version })} />
        <span class="grow" />
        <Files form={form} take={change} />
      </div>
      <Tabs tabs={tabs} chosen={tab} choose={setTab} label={say(CAT.lists)} />
      <Part form={form} tab={tab} wrong={wrong} change={change} />
      <div class="save-foot">
        <Saved saving={saving} theirs={again} />
        <div class="row">
          <Button kind="first" disabled={changed.length === 0 || faults(form).size > 0 || saving.busy} onClick={() => setLooking(true)}>{say(CAT.review)}</Button>
          <Button disabled={changed.length === 0} onClick={() => change(copyOf(saved))}>{say(CAT.undo)}</Button>
          <span class={wrong.size ? "bad" : "faint"} role="status">{wrong.size ? say(CAT.wrong, { n: wrong.size }) : changed.length === 0 ? say(CAT.noChanges) : ""}</span>
        </div>
      </div>
      {looking && <Review changed={changed} save={() => void save()} close={() => setLooking(false)} />}
    </section>
  );
}

export function CataloguePage() {
  const asked = useAsked(() => api.GET("/api/v1/catalogue"));
  return <Shown asked={asked}>{(found) => <Editor key={JSON.stringify(found)} saved={found as unknown as Form} tag={asked.tag} again={asked.again} />}</Shown>;
}
