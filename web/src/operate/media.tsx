// Pictures of an incident: who added them and when; each is shown once the look at it is on record.
import { useEffect, useState } from "preact/hooks";
import { api, outcome, type Problem, type Schemas } from "../api/client";
import type { Incident } from "../api/documents";
import { Button, Fault } from "../kit/controls";
import { SHEET } from "../words/operate";
import { say } from "../words/say";
import { clockTime } from "../words/time";

function Picture({ incident, one }: { incident: number; one: Schemas["MediaDoc"] }) {
  const [url, setUrl] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);
  const show = async () => {
    const asked = { params: { path: { incident, media: one.media } }, body: { purpose: "response" }, parseAs: "blob" as const };
    const found = await outcome(api.POST("/api/v1/incidents/{incident}/media/{media}/read", asked));
    if (found.ok) setUrl(URL.createObjectURL(found.value as unknown as Blob));
    setProblem(found.ok ? null : found.problem);
  };
  const label = `${clockTime(one.at)} ${one.by}`;
  return (
    <li>
      {url ? <a href={url} target="_blank" rel="noreferrer"><img src={url} alt={label} /></a> : <Button onClick={() => void show()}>{say(SHEET.pictureShow)}</Button>}
      <span class="faint">{label}</span>
      {problem && <Fault problem={problem} />}
    </li>
  );
}

export function Pictures({ one }: { one: Incident }) {
  if (one.media.length === 0) return null;
  return (
    <section>
      <h3>{say(SHEET.pictures)}</h3>
      <ul class="pictures">{one.media.map((each) => <Picture key={each.media} incident={one.incident} one={each} />)}</ul>
      <p class="faint">{say(SHEET.textReadHint)}</p>
    </section>
  );
}
