// The line of what was done and is not sent yet: sent in order and once when there is a signal, a call for help before everything else.
import { computed, signal } from "@preact/signals";
import { api, newKey, outcome, type Outcome, type Schemas } from "../api/client";
import { seq } from "../live/board";
import { now } from "../live/clock";
import { session } from "../live/session";
import { say } from "../words/say";
import { W } from "../words/crew";
import { detailOf } from "../words/told";
import { asked, hanging, next, type Deed, type Entry } from "./deeds";
import * as store from "./store";
import { within } from "./patience";

type Answer = Schemas["Answer"];

export const entries = signal<readonly Entry[]>([]);
/** Answered, and not yet seen on the board: what is shown does not fall back in between. */
const settled = signal<readonly { entry: Entry; seq: number }[]>([]);
/** Whether the last attempt to send found no server. */
export const cut = signal(false);

export const waiting = computed(() => entries.value.filter((one) => one.refused === undefined));
export const refused = computed(() => entries.value.filter((one) => one.refused !== undefined));

/** What was answered a moment ago. */
export const answered = computed(() => settled.value.map((one) => one.entry));

/** What was done here and the board does not show yet, in order. */
export const ahead = computed(() => {
  const unseen = settled.value.filter((one) => seq.value === null || one.seq > seq.value).map((one) => one.entry);
  const who = session.value?.staff;
  return [...unseen, ...waiting.value].filter((one) => who === undefined || one.staff === who);
});

let last = 0;
/** Greater than every one before, also after a restart: by the phone's calendar, and by count if that stands still or jumps back. */
function place(): string {
  const newest = Math.max(last, ...entries.value.map((one) => Number(one.id)));
  last = Math.max(Date.now() * 10, newest + 1);
  return String(last).padStart(20, "0");
}

/** Puts deeds in line, each after the one it hangs on, and sends at once if there is a line. */
export function put(staff: string, deeds: readonly Deed[]): void {
  const made: Entry[] = [];
  for (const deed of deeds) {
    const first = made[0];
    const entry: Entry = { id: place(), staff, key: newKey(), at: now(), deed, tries: 0 };
    if (first) entry.after = first.id;
    made.push(entry);
  }
  entries.value = [...entries.value, ...made];
  void store.change(made);
  send();
}

/** Takes back what waits, or puts away what was refused. */
export function drop(entry: Entry): void {
  const gone = [entry, ...hanging(entries.value, entry)].map((one) => one.id);
  entries.value = entries.value.filter((one) => !gone.includes(one.id));
  void store.change([], gone);
}

export function dropAll(): void {
  const gone = entries.value.map((one) => one.id);
  entries.value = [];
  settled.value = [];
  void store.change([], gone);
}

/** A photograph takes longer than a word; a line that is dead should not be waited for. */
const patience = (deed: Deed): number => (deed.deed === "photo" ? 60_000 : deed.deed === "sos" ? 6_000 : 12_000);

function ask(entry: Entry): Promise<Outcome<Answer>> {
  const { path, body } = asked(entry, now());
  const picture = body instanceof Blob;
  const options = {
    body,
    signal: within(patience(entry.deed)),
    headers: { "idempotency-key": entry.key, "content-type": picture ? body.type : "application/json" },
    ...(picture ? { bodySerializer: (blob: Blob) => blob } : {}),
  };
  return outcome<Answer>(api.POST(path as never, options as never) as never);
}

/** Not now, but later with the same key: the line, a slow disk, too many at once. A fault inside is not tried for ever. */
const again = (status: number, tries: number): boolean =>
  status === 0 || status === 429 || status === 503 || status === 507 || (status >= 500 && tries < 5);

/** Off duty no board is followed that would show it: after so long, whatever is asked for has shown it. */
const SHOWN_MS = 20_000;

function settle(entry: Entry, seq: number): void {
  settled.value = [...settled.value, { entry, seq }];
  setTimeout(() => (settled.value = settled.value.filter((one) => one.entry.id !== entry.id)), SHOWN_MS);
}

function done(entry: Entry, answer: Answer): void {
  const found = answer.incident ?? undefined;
  const told = found === undefined ? [] : hanging(entries.value, entry).map((one) => ({ ...one, incident: found }));
  const rest = entries.value.filter((one) => one.id !== entry.id);
  entries.value = rest.map((one) => told.find((other) => other.id === one.id) ?? one);
  if (answer.seq !== null && answer.seq !== undefined) settle(entry, answer.seq);
  void store.change(told, [entry.id]);
}

/** Refused: it is shown, and stops nothing but what hangs on it. */
function refuse(entry: Entry, why: string): void {
  const more = hanging(entries.value, entry).map((one) => ({ ...one, refused: say(W.hangs) }));
  const marked = [{ ...entry, refused: why }, ...more];
  entries.value = entries.value.map((one) => marked.find((other) => other.id === one.id) ?? one);
  void store.change(marked);
}

/** Sends one; whether the next may be tried. */
async function one(entry: Entry): Promise<boolean> {
  const found = await ask(entry);
  if (!entries.value.some((still) => still.id === entry.id)) return true;
  if (found.ok) {
    cut.value = false;
    done(entry, found.value);
    return true;
  }
  const { status } = found.problem;
  cut.value = status === 0;
  if (status === 401) return false;
  if (again(status, entry.tries)) {
    entries.value = entries.value.map((other) => (other.id === entry.id ? { ...other, tries: other.tries + 1 } : other));
    return false;
  }
  refuse(entry, detailOf(found.problem));
  return true;
}

/** Two lanes: nothing is in the way of a call for help, not even a photograph that is half sent. */
interface Lane { urgent: boolean; longest: number; wait: number; busy: boolean; timer: ReturnType<typeof setTimeout> | undefined }
const lane = (urgent: boolean, longest: number): Lane => ({ urgent, longest, wait: 1_000, busy: false, timer: undefined });
const lanes = [lane(true, 3_000), lane(false, 15_000)];

const mine = (): Entry[] => entries.value.filter((entry) => entry.staff === session.value?.staff);

async function drain(lane: Lane): Promise<void> {
  for (let entry = next(mine(), lane.urgent); entry; entry = next(mine(), lane.urgent)) {
    if (!(await one(entry))) {
      lane.timer = setTimeout(() => void run(lane), lane.wait);
      lane.wait = Math.min(lane.wait * 2, lane.longest);
      return;
    }
    lane.wait = 1_000;
  }
}

async function run(lane: Lane): Promise<void> {
  clearTimeout(lane.timer);
  if (lane.busy || !session.value) return;
  lane.busy = true;
  try {
    // Two pages of one phone take turns; a call for help takes none, and its key sees to it that it counts once.
    if (navigator.locks && !lane.urgent) await navigator.locks.request("crew-queue", () => drain(lane));
    else await drain(lane);
  } finally {
    lane.busy = false;
  }
}

/** Sends what waits. */
export function send(): void {
  for (const lane of lanes) void run(lane);
}

/** Now rather than at the next attempt: the signal is back, or somebody looks at the page again. */
export function hurry(): void {
  for (const lane of lanes) lane.wait = 1_000;
  send();
}

/** What waited when the page was closed. */
export async function load(): Promise<void> {
  const found = await store.all<Entry>();
  const known = new Set(entries.value.map((one) => one.id));
  entries.value = [...found.filter((one) => !known.has(one.id)), ...entries.value].sort((a, b) => a.id.localeCompare(b.id));
}

addEventListener("online", hurry);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") hurry();
});
