// What is wished of the planner: aim, limits, places and hours as the form has them, and the question they make.
import { computed, signal } from "@preact/signals";
import type { Schemas } from "../api/client";
import { areas, posts } from "../live/board";
import { draft, today, within } from "./draft";

export type Aim = Schemas["AimName"];
export type Stays = "keep" | "may" | "go";

/** Numbers as they are typed; nothing is no limit. */
export interface Terms { money: string; staff: string; capacity: string }
export interface Band { from: number; until: number; times: number }
export interface Floor { of: string; percent: string }

export interface Wish {
  aim: Aim; more: number; minutes: Record<string, string>; outer: string; share: string; busy: string; least: Schemas["LeastName"];
  sites: boolean; own: boolean; streets: number; days: string;
  money: string; staff: string; added: Terms;
  stays: Record<number, Stays>; terms: Record<number, Terms>;
  floors: readonly Floor[];
  barredAreas: readonly number[]; barredPlaces: readonly (readonly [number, number])[]; metres: number;
  byHour: boolean; source: string; first: string; last: string; bands: readonly Band[];
}

const NO_TERMS: Terms = { money: "", staff: "", capacity: "" };

export const wish = signal<Wish>({
  aim: "cover", more: 3, minutes: {}, outer: "", share: "90", busy: "30", least: "posts", sites: false, own: false, streets: 400, days: "",
  money: "", staff: "", added: NO_TERMS, stays: {}, terms: {}, floors: [], barredAreas: [], barredPlaces: [], metres: 200,
  byHour: false, source: "", first: "", last: "", bands: [{ from: 20, until: 4, times: 3 }],
});

export const set = (part: Partial<Wish>): void => void (wish.value = { ...wish.value, ...part });

/** Grades of place with their demand; none until the server has told. */
export const grades = signal<readonly Schemas["SiteGradeDoc"][]>([]);
/** Days of calls that there are, by source. */
export const sources = signal<readonly Schemas["CallSourceDoc"][]>([]);

/** Whether an area is another or lies in it; no other is the whole city. */
export function liesIn(area: number, other: number | null): boolean {
  for (let at: number | null | undefined = area; at != null; at = areas.value.get(at)?.parent) if (at === other) return true;
  return other === null || other === 0;
}

/** Posts of today in the area whose demand is meant. */
export const standing = computed(() => today.value.filter((one) => liesIn(one.area, within.value)));

/** Posts of the area that nobody is sent from, checkpoints above all: no plan of posts does away with them. */
const others = computed(() => {
  const shown = new Set(today.value.map((one) => one.post));
  return [...posts.value.values()].filter((one) => !shown.has(one.post) && liesIn(one.area, within.value)).map((one) => one.post);
});

export const staysOf = (post: number): Stays => wish.value.stays[post] ?? "keep";
export const termsOf = (post: number): Terms => wish.value.terms[post] ?? NO_TERMS;
export const kept = computed(() => standing.value.filter((one) => staysOf(one.post ?? 0) === "keep"));

/** Areas that may have a least cover: of the area that is meant, smallest and largest alike, but no grid cell. */
export const floorable = computed(() =>
  [...areas.value.values()].filter((one) => one.level !== "grid_cell" && one.level !== "city" && liesIn(one.area, within.value)));

const numbers = (text: string): number | null => (text.trim() === "" ? null : Math.max(0, Math.round(Number(text)) || 0));
const thousandths = (percent: string): number => Math.round(Math.min(100, Math.max(0, Number(percent) || 0)) * 10);
const terms = (of: Terms) => ({ money: numbers(of.money), staff: numbers(of.staff), capacity: numbers(of.capacity), busy: null });
const blank = (of: Terms): boolean => of.money === "" && of.staff === "" && of.capacity === "";
/** Days as they are written, with commas or spaces between. */
const daysIn = (text: string): string[] => text.split(/[,，\s]+/).filter(Boolean);

/** A level stands for each of its areas. */
function floors(all: readonly Floor[]): { area: number; least: number }[] {
  const least = new Map<number, number>();
  for (const { of, percent } of all) {
    const meant = of.startsWith("level ") ? floorable.value.filter((one) => one.level === of.slice(6)).map((one) => one.area) : [Number(of)];
    for (const area of meant) least.set(area, thousandths(percent));
  }
  return [...least].map(([area, share]) => ({ area, least: share }));
}

/** The days of calls that are meant. */
export function daysMeant({ source, first, last }: Wish): string[] {
  const known = sources.value.find((one) => one.source === source)?.days ?? [];
  return known.map((one) => one.day).filter((day) => (!first || day >= first) && (!last || day <= last));
}

/** The minutes of each grade: what was typed, else the city's own; the server knows these where it has not told them. */
function minutes(of: Wish): number[] | null {
  const all = grades.value.map((one) => numbers(of.minutes[one.grade] ?? "") || one.minutes);
  return all.length > 0 ? all : null;
}

/** The question as the door wants it. */
export function bodyOf(of: Wish): Schemas["SitingBody"] {
  const { aim } = of;
  const mine = (stays: Stays) => standing.value.filter((one) => staysOf(one.post ?? 0) === stays).map((one) => one.post ?? 0);
  const places = of.own ? draft.value.filter((one) => one.post === null).map((one) => one.at) : [];
  const byHour = of.byHour ? { source: of.source, days: daysMeant(of), bands: [...of.bands] } : null;
  const barred = of.barredAreas.length + of.barredPlaces.length > 0
    ? { areas: [...of.barredAreas], places: of.barredPlaces.map(([lon, lat]) => [lon, lat] as [number, number]), metres: of.metres } : null;
  return {
    candidates: { area: within.value, streets: of.streets, sites: of.sites, places },
    aim, choose: null, more: aim === "set" ? null : of.more, minutes: minutes(of), outer_minutes: numbers(of.outer),
    share: aim === "set" || aim === "double" ? thousandths(of.share) : null, busy: aim === "mexclp" ? thousandths(of.busy) : null, least: of.least,
    keep: [...mine("keep"), ...others.value], forbid: mine("go"), barred, money: numbers(of.money), staff: numbers(of.staff), added: blank(of.added) ? null : terms(of.added),
    posts: standing.value.filter((one) => !blank(termsOf(one.post ?? 0))).map((one) => ({ post: one.post ?? 0, terms: terms(termsOf(one.post ?? 0)) })),
    floors: floors(of.floors), hours: byHour, nodes: null, fitted: daysIn(of.days), parent: null,
  };
}
