// The form for what was on paper. It keeps what is the same from one entry to the next, so that a sheet goes in quickly.
import { useState } from "preact/hooks";
import { Button, Fault, Field, Input, Select } from "../kit/controls";
import { Combo } from "../kit/combo";
import type { Problem } from "../api/client";
import { incidents, unitCalled, units } from "../live/board";
import { dispositions, types } from "../live/catalogue";
import { now } from "../live/clock";
import { usePlaces } from "../operate/places";
import { named, oneOf, say, type Pair } from "../words/say";
import { PAPER, STEP } from "../words/paper";
import { dayTime, forField, fromField, shortTime } from "../words/time";
import { enter, NEEDS, tourOf, type Step } from "./enter";

export interface Done { id: number; happened: number; says: string }

type Wrong = Partial<Record<"time" | "incident" | "unit" | "place", Pair>>;

/** A field of a time to the second; the seconds are of the field, the minutes of the zone of the city. */
const seconds = (text: string): number => Number(text.slice(17, 19) || 0) * 1000;

export function Form({ entered }: { entered: (done: Done) => void }) {
  const [step, setStep] = useState<Step>("intake");
  const [time, setTime] = useState(`${forField(now())}:00`);
  const [incident, setIncident] = useState("");
  const [unit, setUnit] = useState("");
  const [kind, setKind] = useState(types.value[0]?.code ?? "");
  const [place, setPlace] = useState("");
  const [chosen, setChosen] = useState<{ label: string; at: [number, number] } | null>(null);
  const [text, setText] = useState("");
  const [disposition, setDisposition] = useState(dispositions.value[0]?.code ?? "");
  const [wrong, setWrong] = useState<Wrong>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const { found, nothing } = usePlaces(place, chosen?.label ?? null);
  const needs = NEEDS[step];
  const ofTour = needs.includes("tour");
  const minute = fromField(time.slice(0, 16));
  const called = ofTour ? unitCalled(unit, [...units.value.values()]) : unitCalled(unit);
  const tour = ofTour && called && minute !== null ? tourOf(step, called, minute) : null;

  const submit = async (event: Event) => {
    event.preventDefault();
    const number = Number(incident.replace("#", ""));
    const faults: Wrong = {};
    if (minute === null) faults.time = PAPER.timeMissing;
    if (needs.includes("incident") && !incidents.value.has(number)) faults.incident = PAPER.incidentMissing;
    if (needs.includes("unit") && !called) faults.unit = PAPER.unitMissing;
    if (ofTour && !tour) faults.unit = !called ? PAPER.unitUnknown : step === "on-duty" ? PAPER.notPlanned : PAPER.notOn;
    if (needs.includes("place") && !chosen) faults.place = PAPER.placeMissing;
    setWrong(faults);
    if (Object.keys(faults).length > 0 || minute === null) return;
    const happened = minute + seconds(time);
    const result = await enter({
      step, happened_at: new Date(happened).toISOString(), incident: number, unit: called?.unit ?? 0, shift: tour?.shift ?? 0, kind: kind || (types.value[0]?.code ?? ""),
      at: chosen?.at ?? [0, 0], text, disposition: disposition || (dispositions.value[0]?.code ?? ""),
    });
    setProblem(result.ok ? null : result.problem);
    if (!result.ok) return;
    const made = step === "intake" ? (result.value.incident ?? number) : number;
    entered({ id: Math.random(), happened, says: [oneOf(STEP, step), ofTour ? null : `#${made}`, called?.call_sign].filter(Boolean).join(" · ") });
    if (!ofTour) setIncident(String(made));
    setText("");
    if (step === "intake") setStep("dispatch");
  };
  const says = (fault: Pair | undefined) => (fault ? say(fault) : null);
  const titles = (list: readonly { code: string; title: { en: string; zh: string } }[]) => list.map((one): [string, string] => [one.code, named(one.title)]);
  return (
    <form class="paper-form" onSubmit={(event) => void submit(event)}>
      <h2>{say(PAPER.entry)}</h2>
      <p class="faint">{say(PAPER.entryHint)}</p>
      <Select label={PAPER.what} value={step} onValue={(one) => setStep(one as Step)} options={(Object.keys(NEEDS) as Step[]).map((one): [string, string] => [one, oneOf(STEP, one)])} />
      <Input label={PAPER.happened} type="datetime-local" step={1} value={time} onValue={setTime} wrong={says(wrong.time)} required />
      {needs.includes("incident") && <Input label={PAPER.incident} value={incident} onValue={setIncident} inputmode="numeric" wrong={says(wrong.incident)} />}
      {(needs.includes("unit") || ofTour) && <Input label={PAPER.unit} value={unit} onValue={setUnit} wrong={says(wrong.unit)} />}
      {tour && <p class="muted">{say(PAPER.tour, { from: dayTime(Date.parse(tour.starts)), until: shortTime(Date.parse(tour.ends)), who: tour.members.map((one) => one.staff).join(", ") })}</p>}
      {needs.includes("type") && <Select label={PAPER.type} value={kind} onValue={setKind} options={titles(types.value)} />}
      {needs.includes("place") && (
        <Combo label={PAPER.place} text={place} onText={(typed) => { setPlace(typed); setChosen(null); }} found={found} nothing={nothing}
          keyOf={(one) => `${one.kind} ${one.label} ${String(one.at)}`} show={(one) => <span class="clip">{one.label}</span>}
          take={(one) => { setPlace(one.label); setChosen({ label: one.label, at: one.at as [number, number] }); }} wrong={says(wrong.place)} />
      )}
      {needs.includes("disposition") && <Select label={PAPER.disposition} value={disposition} onValue={setDisposition} options={titles(dispositions.value)} />}
      {needs.includes("text") && <Field label={PAPER.text}>{(props) => <textarea {...props} rows={2} maxLength={4000} value={text} onInput={(event) => setText(event.currentTarget.value)} />}</Field>}
      {problem && <Fault problem={problem} />}
      <p><Button type="submit" kind="first">{say(PAPER.enter)}</Button></p>
    </form>
  );
}
