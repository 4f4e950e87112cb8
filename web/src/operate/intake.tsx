// A new incident: type, place, what is near, whom to send, all as one types; taken in with one key, and sent with one more.
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Incident } from "../api/documents";
import { listen } from "../app/keys";
import { Button, Field, Input, Select } from "../kit/controls";
import { Combo } from "../kit/combo";
import { Priority } from "../kit/marks";
import { done } from "../kit/toasts";
import { queue } from "../live/board";
import { hazards as hazardList, typeOf, types, typeTitle, type IncidentType } from "../live/catalogue";
import { mayDispatch } from "../live/session";
import { considered, pick, show } from "../map/state";
import { PLACE_KIND, PRIORITY, SOURCE, W as Common } from "../words/common";
import { INTAKE } from "../words/operate";
import { named, oneOf, say, type Pair } from "../words/say";
import { Candidates, useRecommendation } from "./candidates";
import { apart, closeIntake, intake, openIncident } from "./desk";
import { numbered, sendRecommended, takeIn } from "./orders";
import { usePlaces } from "./places";

/** Types that a few letters of their title, in either language, or of their code may mean. */
function typesLike(text: string): IncidentType[] {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return types.value.slice(0, 40);
  const rank = (one: IncidentType) => {
    const names = [one.title.en.toLowerCase(), one.title.zh, one.code];
    if (names.some((name) => name.startsWith(wanted))) return 0;
    if (names.some((name) => name.split(/[\s_]/).some((word) => word.startsWith(wanted)))) return 1;
    return names.some((name) => name.includes(wanted)) ? 2 : 3;
  };
  return types.value.map((one) => [rank(one), one] as const).filter(([at]) => at < 3).sort((a, b) => a[0] - b[0]).map(([, one]) => one).slice(0, 12);
}

/** How far apart two incidents may be and still be worth a look, in metres. */
const NEAR = 300;

function Near({ at, kind }: { at: [number, number] | null; kind: string | null }) {
  if (!at) return null;
  const near = queue.value.map((one): [number, Incident] => [apart(at, one.at), one]).filter(([metres]) => metres <= NEAR).sort((a, b) => a[0] - b[0]);
  return (
    <section aria-label={say(INTAKE.near)}>
      <h3>{say(INTAKE.near)}</h3>
      {near.length === 0 && <p class="faint">{say(INTAKE.nearNone)}</p>}
      <ul class="near">
        {near.slice(0, 5).map(([metres, one]) => (
          <li key={one.incident} class={one.kind === kind ? "same" : ""}>
            <Priority value={one.priority} />
            <span class="clip">{typeTitle(one.kind)} {numbered(one.incident)}{one.kind === kind && <strong> · {say(INTAKE.same)}</strong>}</span>
            <span class="faint">{say(INTAKE.away, { m: Math.round(metres) })}</span>
            <Button onClick={() => openIncident(one.incident)}>{say(INTAKE.openIt)}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Hazards({ chosen, choose }: { chosen: readonly string[]; choose: (codes: string[]) => void }) {
  const toggle = (code: string) => choose(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]);
  return (
    <div class="field" role="group" aria-label={say(INTAKE.hazards)}>
      <span class="label">{say(INTAKE.hazards)}</span>
      <div class="chips">
        {hazardList.value.map((one) => (
          <Button key={one.code} pressed={chosen.includes(one.code)} onClick={() => toggle(one.code)}>{named(one.title)}</Button>
        ))}
      </div>
    </div>
  );
}

export function Intake() {
  const start = intake.value ?? {};
  const [kind, setKind] = useState<string | null>(start.kind ?? null);
  const [kindText, setKindText] = useState(start.kind ? typeTitle(start.kind) : "");
  const [placeText, setPlaceText] = useState(start.place ?? "");
  const [placeChosen, setPlaceChosen] = useState<string | null>(null);
  const [at, setAt] = useState<[number, number] | null>(null);
  const [priority, setPriority] = useState("");
  const [source, setSource] = useState("call");
  const [address, setAddress] = useState("");
  const [text, setText] = useState("");
  const [name, setName] = useState("");
  const [number, setNumber] = useState("");
  const [hazards, setHazards] = useState<string[]>([]);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const typeField = useRef<HTMLInputElement>(null);
  const placeField = useRef<HTMLInputElement>(null);
  const { found: places, nothing } = usePlaces(placeText, placeChosen);
  const given = priority ? Number(priority) : null;
  const asked = at && kind ? { at, kind, priority: given } : null;
  const { found, problem } = useRecommendation(asked);

  const takePlace = (place: [number, number], label: string) => {
    setAt(place);
    setPlaceText(label);
    setPlaceChosen(label);
    considered.value = place;
    show(place);
  };
  const point = () => {
    pick.value = (place) => {
      pick.value = null;
      takePlace(place, say(INTAKE.pointed));
      placeField.current?.focus();
    };
  };
  const submit = async (send: boolean) => {
    setTried(true);
    if (!kind) return typeField.current?.focus();
    if (!at) return placeField.current?.focus();
    setBusy(true);
    const incident = await takeIn({ kind, at, priority: given, source, address, text, hazards, name, number });
    setBusy(false);
    if (incident === null) return;
    done(say(INTAKE.taken, { n: numbered(incident) }));
    openIncident(incident);
    if (send) await sendRecommended(incident);
  };
  const latest = useRef(submit);
  latest.current = submit;

  useLayoutEffect(() => {
    (start.kind ? placeField : typeField).current?.focus();
    return listen(INTAKE.title, [
      { press: "ctrl+Enter", says: INTAKE.takeIn, typing: true, run: () => void latest.current(false) },
      { press: "ctrl+shift+Enter", says: INTAKE.takeInSend, typing: true, run: () => void latest.current(true) },
      { press: "Escape", says: Common.close, typing: true, run: () => (pick.value ? (pick.value = null) : closeIntake()) },
    ]);
  }, []);

  const usual = kind ? typeOf(kind)?.priority : undefined;
  const levels = Object.entries(PRIORITY) as [string, Pair][];
  return (
    <section class="sheet intake" aria-label={say(INTAKE.title)}>
      <header>
        <h2>{say(INTAKE.title)}</h2>
        <Button kind="plain" icon label={say(Common.close)} onClick={closeIntake}>✕</Button>
      </header>
      <form
        class="scroll"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(false);
        }}
      >
        <Combo
          label={INTAKE.type} inputRef={typeField} text={kindText} found={typesLike(kind && kindText === typeTitle(kind) ? "" : kindText)}
          onText={(typed) => { setKindText(typed); setKind(null); }}
          keyOf={(one) => one.code}
          show={(one) => <><Priority value={one.priority} /><span class="clip">{named(one.title)}</span><span class="faint">{one.code}</span></>}
          take={(one) => { setKind(one.code); setKindText(named(one.title)); placeField.current?.focus(); }}
          wrong={tried && !kind ? say(INTAKE.typeMissing) : null}
          nothing
        />
        <Combo
          label={INTAKE.place} inputRef={placeField} text={placeText} found={places} nothing={nothing}
          hint={pick.value ? say(INTAKE.pointing) : say(INTAKE.placeHint)}
          onText={(typed) => { setPlaceText(typed); setPlaceChosen(null); setAt(null); considered.value = null; }}
          keyOf={(one) => `${one.kind} ${one.label} ${String(one.at)}`}
          show={(one) => <><span class="clip">{one.label}</span><span class="faint">{oneOf(PLACE_KIND, one.kind)}</span></>}
          take={(one) => takePlace(one.at as [number, number], one.label)}
          wrong={tried && !at ? say(INTAKE.placeMissing) : null}
        />
        <Button onClick={point} pressed={pick.value !== null}>{say(INTAKE.point)}</Button>
        <div class="pair">
          <Select label={INTAKE.priority} value={priority} onValue={setPriority}
            options={[["", usual ? say(INTAKE.byType, { p: usual }) : "—"], ...levels.map(([level, says]): [string, string] => [level, say(says)])]} />
          <Select label={INTAKE.source} value={source} onValue={setSource}
            options={(["call", "alarm", "report", "patrol", "partner"] as const).map((one): [string, string] => [one, oneOf(SOURCE, one)])} />
        </div>
        <Input label={INTAKE.address} hint={INTAKE.addressHint} value={address} onValue={setAddress} maxLength={300} />
        <Field label={INTAKE.text} hint={INTAKE.textHint}>
          {(props) => <textarea {...props} rows={3} maxLength={4000} value={text} onInput={(event) => setText(event.currentTarget.value)} />}
        </Field>
        <div class="pair">
          <Input label={INTAKE.reporter} value={name} onValue={setName} maxLength={100} autocomplete="off" />
          <Input label={INTAKE.number} hint={INTAKE.contactHint} value={number} onValue={setNumber} type="tel" maxLength={40} autocomplete="off" />
        </div>
        <Hazards chosen={hazards} choose={setHazards} />
        <Near at={at} kind={kind} />
        {asked && <Candidates found={found} problem={problem} />}
      </form>
      <footer>
        <Button kind={mayDispatch.value && asked ? undefined : "first"} press="ctrl+Enter" disabled={busy} onClick={() => void submit(false)}>{say(INTAKE.takeIn)}</Button>
        {mayDispatch.value && (
          <Button kind={asked ? "first" : undefined} press="ctrl+shift+Enter" disabled={busy || !asked} onClick={() => void submit(true)}>{say(INTAKE.takeInSend)}</Button>
        )}
      </footer>
    </section>
  );
}
