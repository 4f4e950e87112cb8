// Something found on patrol: what, where, in words, with a photo; one tap sends it, and it waits if there is no signal.
import { computed, signal } from "@preact/signals";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { At } from "../api/documents";
import { incidents } from "../live/board";
import { tick } from "../live/clock";
import { types, type IncidentType } from "../live/catalogue";
import { W } from "../words/crew";
import { named, say } from "../words/say";
import { sheet } from "./actions";
import type { Deed } from "./deeds";
import { staff, unit } from "./duty";
import { shake } from "./hold";
import { Sheet } from "./pick";
import { distance } from "./measure";
import { small } from "./picture";
import { PickPlace, type Place } from "./places";
import { put } from "./queue";
import { apart, here } from "./sharing";
import { SmallMap } from "./small-map";
import { status } from "./task";

/** What patrols find most, where the board does not tell better. */
const USUAL = ["obstruction", "suspicious_object", "traffic_accident", "disturbance", "vandalism", "medical", "found_property", "mediation"];
const SHOWN = 8;

/** Types with those that patrols found most often of late before the others. */
const ordered = computed<IncidentType[]>(() => {
  const counts = new Map<string, number>();
  for (const one of incidents.value.values()) {
    if (one.source === "patrol") counts.set(one.kind, (counts.get(one.kind) ?? 0) + 1);
  }
  const usual = (code: string) => (USUAL.includes(code) ? USUAL.indexOf(code) : USUAL.length);
  return [...types.value].sort((a, b) => (counts.get(b.code) ?? 0) - (counts.get(a.code) ?? 0) || usual(a.code) - usual(b.code));
});

function Types({ kind, choose }: { kind: string | null; choose: (kind: string) => void }) {
  const [all, setAll] = useState(false);
  const order = useMemo(() => ordered.peek(), []);
  const shown = all ? order : order.filter((one, index) => index < SHOWN || one.code === kind);
  return (
    <div class="choices two" role="group" aria-label={say(W.foundTitle)}>
      {shown.map((one) => (
        <button key={one.code} type="button" class="tap" aria-pressed={kind === one.code} onClick={() => choose(one.code)}>{named(one.title)}</button>
      ))}
      <button type="button" class="tap plain" onClick={() => setAll(!all)}>{say(all ? W.fewer : W.allTypes)}</button>
    </div>
  );
}

/** The place put right by hand: near where it was said to be, or where the crew is. */
function Mend({ place, own, choose }: { place: Place | null; own: At | null; choose: (place: Place) => void }) {
  const [open, setOpen] = useState(false);
  const at = place?.at ?? own;
  if (!at) return null;
  const moved = (to: At) => choose({ key: "map", label: own ? say(W.onMap, { d: distance(apart(own, to)) }) : say(W.onMapAt), at: to });
  return (
    <>
      <button type="button" class="tap plain" aria-expanded={open} onClick={() => setOpen(!open)}>{say(W.toMap)}</button>
      {open && <><SmallMap at={at} own={own} moved={moved} /><p class="muted">{say(W.mapHint)}</p></>}
    </>
  );
}

function Where({ place, choose }: { place: Place | null; choose: (place: Place | null) => void }) {
  const [picking, setPicking] = useState(false);
  void tick.value;
  const own = here();
  return (
    <section class="part">
      <h2>{say(W.place)}</h2>
      <div class="choices">
        <button type="button" class="tap wide" aria-pressed={place === null && own !== null} disabled={!own} onClick={() => choose(null)}>
          <span>{say(own ? W.ownPlace : W.noPlace)}</span>
          {own && <span class="muted">{say(W.exact, { n: own.accuracy })}</span>}
        </button>
        <button type="button" class="tap wide" aria-pressed={place !== null} onClick={() => setPicking(true)}>{place ? place.label : say(W.otherPlace)}</button>
      </div>
      <Mend place={place} own={own?.at ?? null} choose={choose} />
      {picking && (
        <PickPlace title={say(W.place)} known={false} close={() => setPicking(false)} pick={(found) => { choose(found); setPicking(false); }} />
      )}
    </section>
  );
}

/** The photo as it will be sent: nothing else of the file is kept. */
function Photo({ photo, choose }: { photo: Blob | null; choose: (photo: Blob | null) => void }) {
  const [bad, setBad] = useState(false);
  const url = useMemo(() => (photo ? URL.createObjectURL(photo) : null), [photo]);
  useEffect(() => () => { if (url) URL.revokeObjectURL(url); }, [url]);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const made = await small(file);
    setBad(made === null);
    choose(made);
  };
  return (
    <div class="photo">
      {url && <img src={url} alt={say(W.photoShown)} />}
      <label class="tap">
        {say(photo ? W.photoAgain : W.photo)}
        <input type="file" accept="image/*" capture="environment" class="unseen" onChange={(event) => void take(event.currentTarget.files?.[0])} />
      </label>
      {bad && <p role="alert" class="wrong">{say(W.photoBad)}</p>}
    </div>
  );
}

const WORDS = 2_000;

interface Draft { kind: string | null; place: Place | null; text: string; photo: Blob | null; dealing: boolean }
const EMPTY: Draft = { kind: null, place: null, text: "", photo: null, dealing: true };
/** What was begun stays while the page is open, also if somebody goes back for a moment. */
const draft = signal<Draft>(EMPTY);
const set = (part: Partial<Draft>) => {
  draft.value = { ...draft.value, ...part };
};

function report(at: At): void {
  const { kind, text, photo, dealing } = draft.value;
  if (kind === null || staff.value === null || unit.value === null) return;
  const free = status.value.status === "available";
  const deeds: Deed[] = [{ deed: "report", kind, at, text: text.trim() || null }];
  if (free && dealing) deeds.push({ deed: "on_view", unit: unit.value });
  if (photo) deeds.push({ deed: "photo", photo });
  put(staff.value, deeds);
  draft.value = EMPTY;
  shake(60);
  sheet.value = null;
}

function Dealing() {
  const free = status.value.status === "available";
  const { dealing } = draft.value;
  if (!free) return <p class="told">{say(W.dealingBusy)}</p>;
  return (
    <label class="tap wide check">
      <input type="checkbox" checked={dealing} onChange={(event) => set({ dealing: event.currentTarget.checked })} />
      <span>{say(W.dealing)} <span class="muted">{say(W.dealingHint)}</span></span>
    </label>
  );
}

export function Report() {
  const { kind, place, text, photo } = draft.value;
  void tick.value;
  const at = place?.at ?? here()?.at ?? null;
  return (
    <Sheet
      title={say(W.foundTitle)}
      close={() => (sheet.value = null)}
      action={<button type="button" class="tap next" disabled={kind === null || at === null} onClick={() => at && report(at)}>{say(W.send)}</button>}
    >
      <Types kind={kind} choose={(code) => set({ kind: code })} />
      <Where place={place} choose={(found) => set({ place: found })} />
      <section class="part">
        <label class="field">
          <span>{say(W.words)}</span>
          <textarea rows={3} maxLength={WORDS} value={text} onInput={(event) => set({ text: event.currentTarget.value })} />
          <span class="muted">{say(W.wordsHint)}</span>
        </label>
      </section>
      <Dealing />
      <Photo photo={photo} choose={(made) => set({ photo: made })} />
    </Sheet>
  );
}
