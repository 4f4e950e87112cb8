// What is wrong with the city's files: file, row, column, what to do.
import { useState } from "preact/hooks";
import { api, type Schemas } from "../api/client";
import { Button, Empty, Loading, Select } from "../kit/controls";
import { language, oneOf, say, type Pair } from "../words/say";
import { C } from "../words/settings";
import { Refusal, useAsked } from "./asked";
import { Long } from "./long";

type Found = Schemas["CityCheckDoc"];
type Severity = "note" | "fault" | "refusal";

const SEVERITY = { note: C.note, fault: C.fault, refusal: C.refusal } satisfies Record<Severity, Pair>;
const HOW: Record<string, string> = { note: "", fault: "warned", refusal: "bad" };

function Rows({ shown }: { shown: readonly Schemas["FileFaultDoc"][] }) {
  return (
    <table>
      <thead><tr>{[C.severity, C.where, C.what, C.mend].map((one) => <th key={one[0]}>{say(one)}</th>)}</tr></thead>
      <tbody>
        {shown.map((one, at) => (
          <tr key={at}>
            <td class={HOW[one.severity] ?? ""}>{oneOf(SEVERITY, one.severity)}</td>
            <td class="mono">{[one.file, one.row == null ? null : say(C.row, { n: one.row }), one.column].filter(Boolean).join(", ")}</td>
            <td>{one.what[language.value]}</td>
            <td>{one.mend[language.value]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Report({ found, again }: { found: Found; again: () => void }) {
  const [only, setOnly] = useState<Severity | "">("");
  const shown = found.listed.filter((one) => !only || one.severity === only);
  const counts: Record<Severity, number> = { note: found.notes, fault: found.faults, refusal: found.refusals };
  const options = (Object.keys(SEVERITY) as Severity[]).map((one) => [one, `${say(SEVERITY[one])} (${counts[one]})`] as const);
  const all = found.notes + found.faults + found.refusals;
  return (
    <>
      <section>
        <p class={found.sound ? "good" : "warned"}><strong>{say(found.sound ? C.sound : C.notSound)}</strong></p>
        <p class="muted">{say(C.costs)}</p>
        <div class="tools">
          <Select label={C.severity} value={only} onValue={(value) => setOnly(value as Severity | "")} options={[["", `${say(C.all)} (${all})`], ...options]} />
          <span class="grow" />
          <Button onClick={again}>{say(C.again)}</Button>
        </div>
        {found.listed.length < all && <p class="faint">{say(C.someOf, { n: found.listed.length })}</p>}
        {shown.length === 0 ? all > 0 && <Empty says={say(C.noneLike)} /> : <Long rows={shown} of={`${say(C.what)} ${only}`}>{(part) => <Rows shown={part} />}</Long>}
      </section>
      {found.to_add.length > 0 && (
        <section>
          <h2>{say(C.toAdd)}</h2>
          <ul>{found.to_add.map((one) => <li key={one.code}>{one[language.value]}</li>)}</ul>
        </section>
      )}
    </>
  );
}

export function CheckPage() {
  const asked = useAsked(() => api.GET("/api/v1/city/check"));
  const { found } = asked;
  if (!found) return <><p class="muted" role="status">{say(C.reading)}</p><Loading /></>;
  if (found.ok) return <Report found={found.value} again={asked.again} />;
  if (found.problem.status === 404) return <Empty says={say(C.missing)} hint={say(C.missingHint)} />;
  return <Refusal problem={found.problem} again={asked.again} />;
}
