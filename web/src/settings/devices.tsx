// A code to enrol a device of a unit with, and how to set up the programs that phones have.
import { useState } from "preact/hooks";
import { api, outcome, type Problem } from "../api/client";
import { Copied } from "../kit/copy";
import { Button, Input, Loading, Select } from "../kit/controls";
import { Qr } from "../kit/qr";
import { collate } from "../live/board";
import { D } from "../words/planning";
import { say, type Pair } from "../words/say";
import { Refusal } from "./asked";
import { useUnits } from "./units";

const KINDS = { phone: D.phone, tracker: D.tracker, gateway: D.gateway } satisfies Record<string, Pair>;

interface Made { unit: string; code: string }

function How({ made }: { made: Made }) {
  const rest: readonly (readonly [Pair, Pair, string])[] = [
    [D.traccar, D.traccarHow, `${location.origin}/osmand`],
    [D.owntracks, D.owntracksHow, `${location.origin}/owntracks`],
  ];
  return (
    <section>
      <h2>{say(D.code, { unit: made.unit })}</h2>
      <p class="said">{say(D.once)}</p>
      <div class="narrow"><Copied text={made.code} label={say(D.code, { unit: made.unit })} /></div>
      <Qr text={made.code} label={say(D.picture)} />
      <h3>{say(D.how)}</h3>
      <dl class="said-of">
        <dt>{say(D.page)}</dt>
        <dd>{say(D.pageHow, { address: `${location.origin}/crew` })}</dd>
        <dt>{say(D.any)}</dt>
        <dd>
          {say(D.anyHow, { address: `${location.origin}/api/v1/devices` })}
          <Copied text={`curl -H 'content-type: application/json' -d '{"code":"${made.code}"}' ${location.origin}/api/v1/devices`} label={say(D.any)} />
        </dd>
        {rest.map(([name, how, address]) => (
          <>
            <dt>{say(name)}</dt>
            <dd>{say(how, { address })}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}

export function DevicesPage() {
  const units = useUnits();
  const [unit, setUnit] = useState("");
  const [kind, setKind] = useState("phone");
  const [tracker, setTracker] = useState("");
  const [made, setMade] = useState<Made | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  if (!units.found) return <Loading />;
  // Who may not see the units, such as an administrator, names one by its number.
  const list = units.found.ok ? [...units.found.value].sort((a, b) => collate(a.call_sign, b.call_sign)) : [];
  const chosen = unit || String(list[0]?.unit ?? "");
  const submit = async (event: Event) => {
    event.preventDefault();
    const body = { kind, tracker: kind === "tracker" && tracker.trim() ? tracker.trim() : null };
    const found = await outcome(api.POST("/api/v1/units/{unit}/devices", { params: { path: { unit: Number(chosen) } }, body }));
    setProblem(found.ok ? null : found.problem);
    setMade(found.ok ? { unit: list.find((one) => String(one.unit) === chosen)?.call_sign ?? chosen, code: found.value.code } : null);
  };
  return (
    <>
      <section>
        <p class="muted">{say(D.intro)}</p>
        <form onSubmit={(event) => void submit(event)}>
          {list.length > 0
            ? <Select label={D.unit} value={chosen} onValue={setUnit} options={list.map((one) => [String(one.unit), one.call_sign] as const)} />
            : <Input label={D.number} type="number" min={0} value={unit} onValue={setUnit} required />}
          <Select label={D.kind} value={kind} onValue={setKind} options={Object.entries(KINDS).map(([code, says]) => [code, say(says)] as const)} />
          {kind === "tracker" && <Input label={D.built} hint={D.builtHint} value={tracker} onValue={setTracker} autocomplete="off" />}
          {problem && <Refusal problem={problem} />}
          <div class="row"><Button type="submit" kind="first">{say(D.make)}</Button></div>
        </form>
      </section>
      {made && <How made={made} />}
    </>
  );
}
