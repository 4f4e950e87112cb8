// The board as the page has it: things by number, replaced whole when they change. Nothing is decided here.
import { computed, signal, type Signal, batch } from "@preact/signals";
import type { Area, Board, Change, Checkpoint, Containment, Incident, Post, Recorded, Ring, RunningClock, Shift, Sos, Unit } from "../api/documents";

type Table<T> = ReadonlyMap<number, T>;
const table = <T>(): Signal<Table<T>> => signal<Table<T>>(new Map());

export const incidents = table<Incident>();
export const units = table<Unit>();
export const posts = table<Post>();
export const areas = table<Area>();
export const shifts = table<Shift>();
export const rings = table<Ring>();
export const containments = table<Containment>();
/** By their posts. */
export const checkpoints = table<Checkpoint>();
export const clocks = signal<readonly RunningClock[]>([]);
export const sos = signal<readonly Sos[]>([]);
/** The record the picture is after; none is not loaded yet. */
export const seq = signal<number | null>(null);
/** The last things that happened, newest last, for the ticker and for what is spoken. */
export const recent = signal<readonly Recorded[]>([]);
/** Counts up when the catalogue was replaced. */
export const catalogueVersion = signal(0);

const RECENT = 200;

const by = <T>(list: readonly T[], key: (one: T) => number): Table<T> => new Map(list.map((one) => [key(one), one]));

/** Takes over a whole picture. */
export function load(board: Board): void {
  batch(() => {
    incidents.value = by(board.incidents, (one) => one.incident);
    const known = units.value;
    const another = board.units.length !== known.size || board.units.some((one) => known.get(one.unit)?.call_sign !== one.call_sign);
    units.value = by(board.units, (one) => one.unit);
    if (another) enrol(units.value);
    posts.value = by(board.posts, (one) => one.post);
    areas.value = by(board.areas, (one) => one.area);
    shifts.value = by(board.shifts, (one) => one.shift);
    rings.value = by(board.rings, (one) => one.ring);
    containments.value = by(board.containments, (one) => one.containment);
    checkpoints.value = by(board.checkpoints, (one) => one.post);
    clocks.value = board.clocks;
    sos.value = board.sos;
    seq.value = board.seq;
  });
}

function merge<T>(into: Signal<Table<T>>, list: readonly T[], key: (one: T) => number, gone: readonly number[] = []): void {
  if (list.length === 0 && gone.length === 0) return;
  const next = new Map(into.value);
  for (const one of gone) next.delete(one);
  for (const one of list) next.set(key(one), one);
  into.value = next;
}

/** A unit in a change comes without its fix: the last one known stays. */
function withFix(unit: Unit): Unit {
  const fix = unit.fix ?? units.value.get(unit.unit)?.fix ?? null;
  return { ...unit, fix: unit.status === "off_duty" ? null : fix };
}

/** Takes over what changed. */
export function change(told: Change): void {
  batch(() => {
    merge(incidents, told.incidents, (one) => one.incident, told.gone.incidents);
    const another = reorders(told);
    merge(units, told.units.map(withFix), (one) => one.unit, told.gone.units);
    if (another) enrol(units.value);
    merge(posts, told.posts, (one) => one.post, told.gone.posts);
    merge(areas, told.areas, (one) => one.area);
    merge(shifts, told.shifts, (one) => one.shift, told.gone.shifts);
    merge(rings, told.rings, (one) => one.ring, told.gone.rings);
    merge(containments, told.containments, (one) => one.containment, told.gone.containments);
    merge(checkpoints, told.checkpoints, (one) => one.post, told.gone.posts);
    clocks.value = told.clocks;
    sos.value = told.sos;
    if (told.records.length > 0) recent.value = [...recent.value, ...told.records].slice(-RECENT);
    if (told.catalogue) catalogueVersion.value += 1;
    seq.value = told.seq;
  });
}

export function clear(): void {
  batch(() => {
    for (const one of [incidents, units, posts, areas, shifts, rings, containments, checkpoints] as Signal<Table<unknown>>[]) one.value = new Map();
    clocks.value = [];
    sos.value = [];
    recent.value = [];
    seq.value = null;
  });
}

/** Open incidents, the most urgent first, the older first among those alike. */
export const queue = computed(() =>
  [...incidents.value.values()]
    .filter((one) => one.status === "open")
    .sort((a, b) => a.priority - b.priority || a.opened.localeCompare(b.opened) || a.incident - b.incident),
);

const collator = new Intl.Collator("en", { numeric: true });
export const collate = (a: string, b: string): number => collator.compare(a, b);

/** Units by call sign. Call signs hardly ever change and what units do does all the time: they are put in order when one comes, goes or is renamed. */
const roster = signal<readonly number[]>([]);

function enrol(all: Table<Unit>): void {
  roster.value = [...all.values()].sort((a, b) => collate(a.call_sign, b.call_sign)).map((one) => one.unit);
}

/** Whether a change makes the order of call signs another one. */
const reorders = (told: Change): boolean =>
  told.gone.units.length > 0 || told.units.some((one) => units.value.get(one.unit)?.call_sign !== one.call_sign);

/** Units on duty, by call sign. */
export const onDuty = computed(() => {
  const all = units.value;
  const found: Unit[] = [];
  for (const id of roster.value) {
    const one = all.get(id);
    if (one && one.status !== "off_duty") found.push(one);
  }
  return found;
});

/** A unit whose call sign somebody typed: exactly, or the only one that ends like it. Of those on duty, if nothing else is said. */
export function unitCalled(typed: string, all: readonly Unit[] = onDuty.value): Unit | null {
  const plain = (text: string) => text.toLowerCase().replace(/[\s-]/g, "");
  const wanted = plain(typed);
  if (!wanted) return null;
  const exact = all.find((one) => plain(one.call_sign) === wanted);
  if (exact) return exact;
  const like = all.filter((one) => plain(one.call_sign).endsWith(wanted));
  return like.length === 1 ? (like[0] ?? null) : null;
}

/** What is done to seal off an incident, or one it goes on under. */
export function containmentOf(incident: number): Containment | null {
  const goesOn = incidents.value.get(incident)?.merged_into ?? incident;
  return [...containments.value.values()].find((one) => one.incident === incident || one.incident === goesOn) ?? null;
}
