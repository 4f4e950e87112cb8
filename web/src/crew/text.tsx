// What was said of the incident: read upon a tap, for the response, and on record before it is shown. It is never kept.
import { useEffect, useState } from "preact/hooks";
import { api, outcome, type Problem, type Schemas } from "../api/client";
import { Fault } from "../kit/controls";
import { W } from "../words/crew";
import { say } from "../words/say";
import { shortTime } from "../words/time";

type Text = Schemas["IncidentTextDoc"];

export function WhatWasSaid({ incident }: { incident: number }) {
  const [text, setText] = useState<Text | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    setText(null);
    setProblem(null);
  }, [incident]);
  const read = async () => {
    setBusy(true);
    const found = await outcome(
      api.POST("/api/v1/incidents/{incident}/text", { params: { path: { incident } }, body: { purpose: "response" } }),
    );
    setBusy(false);
    if (found.ok) setText(found.value);
    setProblem(found.ok ? null : found.problem);
  };
  const notes = text?.notes.filter((note) => note.text) ?? [];
  return (
    <section class="said">
      {text?.address && <p><span class="muted">{say(W.address)}</span> {text.address}</p>}
      {notes.map((note, index) => <p key={index}><time class="muted">{shortTime(note.at)}</time> {note.text}</p>)}
      {text && notes.length === 0 && !text.address && <p class="muted">{say(text.erased ? W.erased : W.noText)}</p>}
      {problem && <Fault problem={problem} />}
      <button type="button" class="tap wide" disabled={busy} onClick={() => void read()}>
        <span>{say(W.readText)}</span> <span class="muted">{say(W.readTextHint)}</span>
      </button>
    </section>
  );
}
