// The duty of whoever is signed in: their tours, on which of them they are, and the call for help of their unit.
import { computed, effect, signal } from "@preact/signals";
import { api, newKey, outcome, type Outcome, type Schemas } from "../api/client";
import type { Catalogue } from "../api/documents";
import * as board from "../live/board";
import { catalogue } from "../live/catalogue";
import * as clock from "../live/clock";
import { session, take } from "../live/session";
import { line, start as follow, stop as leave } from "../live/stream";
import { zone } from "../words/time";
import type { Entry } from "./deeds";
import * as queue from "./queue";
import * as store from "./store";
import { within } from "./patience";

export type Duty = Schemas["OwnDutyDoc"];
export type OwnTour = Schemas["OwnTourDoc"];

interface Kept { staff: string; duty: Duty }

/** None is not known yet. */
export const duty = signal<Duty | null>(null);
/** Whose page this is, also while there is no line to ask. */
export const staff = signal<string | null>(null);

const ends = (entries: readonly Entry[]): number[] => entries.flatMap((one) => (one.deed.deed === "end" ? [one.deed.shift] : []));
const ending = computed(() => [...ends(queue.waiting.value), ...ends(queue.answered.value)]);

/** The tour one is on. One that was ended here is over at once, whether or not the server knows. */
export const tour = computed<OwnTour | null>(() => {
  const on = duty.value?.tours.find((one) => one.tour.began && !ending.value.includes(one.tour.shift));
  return on ?? null;
});

export const onDuty = computed(() => tour.value !== null);

export const planned = computed(() => duty.value?.tours.filter((one) => !one.tour.began) ?? []);

/** The unit one is in, or is planned for. */
export const unit = computed<number | null>(() => tour.value?.tour.unit ?? (duty.value ? duty.value.unit : session.value?.unit) ?? null);

/** The call for help that is open, as the server has it. */
export const help = computed(() => {
  const on = board.seq.value === null ? duty.value?.sos : board.sos.value.find((one) => one.unit === unit.value);
  return on ?? null;
});

export async function look(): Promise<void> {
  const [found, time] = await Promise.all([
    outcome(api.GET("/api/v1/duty/own")), onDuty.peek() ? null : outcome(api.GET("/api/v1/clock")),
  ]);
  if (time?.ok) clock.set(time.value);
  if (!found.ok || !session.value) return;
  staff.value = session.value.staff;
  know(found.value);
}

function know(told: Duty): void {
  duty.value = told;
  if (staff.peek() !== null) void store.keep("duty", { staff: staff.peek() ?? "", duty: told } satisfies Kept);
}

/** A tour whose end was answered is not one's own any more, before anybody asks again. */
function over(): void {
  const known = duty.peek();
  const ended = ends(queue.answered.value);
  if (known?.tours.some((one) => ended.includes(one.tour.shift))) {
    know({ ...known, tours: known.tours.filter((one) => !ended.includes(one.tour.shift)) });
  }
}

/** Begins a tour: that needs a line, since the board comes with it. Begun twice is begun once. */
export async function begin(shift: number): Promise<Outcome<unknown>> {
  const header = { "Idempotency-Key": newKey() };
  const begun = await outcome(
    api.POST("/api/v1/shifts/{shift}/start", { params: { path: { shift }, header }, body: {}, signal: within(12_000) }),
  );
  await look();
  return begun;
}

/** Forgets whatever is somebody's: at the end of a tour, and when another signs in. */
export async function wipe(): Promise<void> {
  duty.value = null;
  staff.value = null;
  await store.forget("duty", "task", "catalogue");
}

/** Signs out, if the server hears of it: a session that goes on must not look as if it had ended. */
export async function signOut(): Promise<boolean> {
  const ended = await outcome(api.DELETE("/api/v1/session"));
  if (!ended.ok && ended.problem.status !== 401) return false;
  queue.dropAll();
  await wipe();
  take(null);
  return true;
}

/** What the phone had when its page was closed. */
export async function recall(): Promise<void> {
  const [kept, time, names] = await Promise.all([
    store.kept<Kept>("duty"), store.kept<KeptTime>("time"), store.kept<Catalogue>("catalogue"), queue.load(),
  ]);
  catalogue.value ??= names ?? null;
  if (time) clock.set({ ...time, now: new Date(time.city + (Date.now() - time.phone) * time.speed).toISOString() });
  if (kept && duty.value === null) {
    duty.value = kept.duty;
    staff.value = kept.staff;
  }
}

/** The city's time against the phone's calendar, which may be wrong. */
interface KeptTime { city: number; phone: number; speed: number; drill: boolean; time_zone: string }

function keepTime(): void {
  const time: KeptTime = { city: clock.now(), phone: Date.now(), speed: clock.speed.value, drill: clock.drill.value, time_zone: zone.value };
  void store.keep("time", time);
}

const EVERY = 15_000;

/** Follows who is signed in, their duty, and the board while they are on a tour. */
export function attend(): () => void {
  const stops = [
    effect(() => {
      const who = session.value;
      if (!who) return;
      if (staff.peek() !== null && staff.peek() !== who.staff) void wipe().then(look);
      else void look();
      queue.hurry();
    }),
    effect(() => {
      // The board is for those on duty; told off it, one is no longer.
      if (!session.value || !onDuty.value) return;
      board.catalogueVersion.value = board.catalogueVersion.peek() + 1;
      void follow();
      return leave;
    }),
    effect(over),
    effect(() => {
      if (catalogue.value) void store.keep("catalogue", catalogue.value);
    }),
    effect(() => {
      if (line.value.state === "live") {
        keepTime();
        queue.hurry();
      }
      void look();
    }),
  ];
  const timer = setInterval(() => document.visibilityState === "visible" && session.value && void look(), EVERY);
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
  };
}

