// The policies: their text, what differs from those built in, and faults at their lines.
import { useState } from "preact/hooks";
import { api } from "../api/client";
import { Button } from "../kit/controls";
import { say } from "../words/say";
import { linesOf } from "../words/told";
import { POL } from "../words/settings";
import { Saved, Shown, useAsked, useSaving } from "./asked";
import { BUILT_IN } from "./built-in";
import { Diff } from "./diff";
import { Editor } from "./editor";
import { Sure } from "./long";

function Law({ text, tag, again }: { text: string; tag: string | null; again: () => void }) {
  const [draft, setDraft] = useState(text);
  const [sure, setSure] = useState(false);
  const saving = useSaving(again);
  const changed = draft !== text;
  const save = () => {
    setSure(false);
    void saving.run((headers) => api.PUT("/api/v1/policies", { body: { text: draft }, headers }), tag, say(POL.inForce));
  };
  const edit = (value: string) => {
    setDraft(value);
    saving.forget();
  };
  return (
    <>
      <section>
        <p class="said">{say(POL.warning)}</p>
        <Editor label={POL.text} value={draft} onValue={edit} wrong={saving.problem ? linesOf(saving.problem) : []} />
        <Saved saving={saving} theirs={again} />
        <div class="row">
          <Button kind="first" disabled={!changed || saving.busy} onClick={() => setSure(true)}>{say(POL.save)}</Button>
          <Button disabled={!changed} onClick={() => edit(text)}>{say(POL.undo)}</Button>
          <Button disabled={draft === BUILT_IN} onClick={() => edit(BUILT_IN)}>{say(POL.toBuiltIn)}</Button>
        </div>
      </section>
      {changed && (
        <section>
          <h2>{say(POL.unsaved)}</h2>
          <Diff before={text} after={draft} label={say(POL.unsaved)} />
        </section>
      )}
      <section>
        <h2>{say(POL.differs)}</h2>
        {text === BUILT_IN ? <p class="muted">{say(POL.same)}</p> : <Diff before={BUILT_IN} after={text} label={say(POL.differs)} />}
      </section>
      {sure && <Sure says={say(POL.sure)} act={say(POL.save)} doIt={save} close={() => setSure(false)} />}
    </>
  );
}

export function PoliciesPage() {
  const asked = useAsked(() => api.GET("/api/v1/policies"));
  return <Shown asked={asked}>{({ text }) => <Law key={text} text={text} tag={asked.tag} again={asked.again} />}</Shown>;
}
