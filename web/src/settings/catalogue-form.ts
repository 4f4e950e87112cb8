// The catalogue as a form has it: its parts, what is wrong with them, and what changed.
import type { Problem } from "../api/client";
import type { Named } from "../api/documents";
import { ROLE } from "../words/common";
import { CAT } from "../words/catalogue";
import { say } from "../words/say";

export interface Clocks { unanswered: number; unacknowledged: number; overdue: number; welfare: number; again: number; ladder: string[] }
export interface Entry { code: string; title: Named }
export interface Type extends Entry {
  priority: number; listed_preventable: boolean; needs: { capability: string; units: number }[]; clocks: Clocks | null;
}
export interface Grade extends Entry { reach: [number, number, number] }
export type Rules = Record<string, number | string[]>;

export const NAMED = ["capabilities", "dispositions", "reasons", "hazards", "forces"] as const;
export type NamedList = (typeof NAMED)[number];
export type List = NamedList | "types" | "grades";
export type Tab = List | "clocks" | "rules";
export const TABS: readonly Tab[] = ["types", ...NAMED, "grades", "clocks", "rules"];

export type Form = { version: string; types: Type[]; grades: Grade[]; clocks: Clocks[]; rules: Rules } & Record<NamedList, Entry[]>;

export const copyOf = (form: Form): Form => structuredClone(form);

const byCode = (one: Entry, other: Entry): number => (one.code < other.code ? -1 : one.code > other.code ? 1 : 0);

/** In the order the server wants, which is that of codes. */
export function ordered(form: Form): Form {
  const sorted = copyOf(form);
  sorted.types.sort(byCode);
  sorted.grades.sort(byCode);
  for (const list of NAMED) sorted[list].sort(byCode);
  return sorted;
}

const CODE = /^[A-Za-z0-9_./-]{1,23}$/;

function wrongEntry(entry: Entry, all: readonly Entry[]): string | null {
  if (!CODE.test(entry.code)) return say(CAT.badCode);
  if (all.some((one) => one !== entry && one.code === entry.code)) return say(CAT.twice);
  return entry.title.en.trim() || entry.title.zh.trim() ? null : say(CAT.nameless);
}

export function wrongClocks(clocks: Clocks): string | null {
  const { ladder, ...times } = clocks;
  if (Object.values(times).some((time) => !(time > 0))) return say(CAT.time);
  return wrongLadder(ladder);
}

export function wrongLadder(ladder: readonly string[]): string | null {
  const known = ladder.length > 0 && ladder.every((role) => role in ROLE);
  return known ? null : say(CAT.ladder, { roles: Object.keys(ROLE).join(", ") });
}

function wrongType(type: Type, form: Form): string | null {
  const found = wrongEntry(type, form.types);
  if (found) return found;
  if (type.needs.some((need) => !(need.units > 0))) return say(CAT.badNeeds);
  const unknown = type.needs.find((need) => !form.capabilities.some((one) => one.code === need.capability));
  if (unknown) return say(CAT.unknownNeed, { code: unknown.capability });
  return type.clocks && wrongClocks(type.clocks);
}

function wrongGrade(grade: Grade, form: Form): string | null {
  const [near, middle, far] = grade.reach;
  return wrongEntry(grade, form.grades) ?? (0 < near && near < middle && middle < far ? null : say(CAT.rising));
}

export function wrongRule(name: string, value: number | string[]): string | null {
  if (Array.isArray(value)) return wrongLadder(value);
  const least = name.startsWith("preempt") || ["rest", "early", "duplicate_apart", "duplicate_after"].includes(name) ? 0 : 1;
  return Number.isInteger(value) && value >= least ? null : say(least ? CAT.time : CAT.whole);
}

/** Faults by row: `types 3`, `clocks 0`, `rules week`. */
export function faults(form: Form): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const note = (row: string, wrong: string | null) => wrong && found.set(row, wrong);
  form.types.forEach((one, at) => note(`types ${at}`, wrongType(one, form)));
  form.grades.forEach((one, at) => note(`grades ${at}`, wrongGrade(one, form)));
  for (const list of NAMED) form[list].forEach((one, at) => note(`${list} ${at}`, wrongEntry(one, form[list])));
  form.clocks.forEach((one, at) => note(`clocks ${at}`, wrongClocks(one)));
  for (const [name, value] of Object.entries(form.rules)) note(`rules ${name}`, wrongRule(name, value));
  return found;
}

export const tabOf = (row: string): Tab => row.slice(0, row.indexOf(" ")) as Tab;

/** The row that a refusal of the server names, if it names one. */
export function rowNamed(form: Form, { code, params = {} }: Problem): string | null {
  const at = (list: List, named: unknown) => {
    const found = form[list].findIndex((one) => one.code === named);
    return found < 0 ? null : `${list} ${found}`;
  };
  switch (code) {
    case "catalogue.no_units": case "catalogue.clock.type": case "catalogue.ladder.type": return at("types", params["kind"]);
    case "catalogue.reach": return at("grades", params["code"]);
    case "catalogue.clock.priority": case "catalogue.ladder.priority": return `clocks ${Number(params["priority"]) - 1}`;
    case "catalogue.order": return at(params["list"] as List, params["code"]);
    case "catalogue.rule": return `rules ${String(params["rule"])}`;
    default: return null;
  }
}

export interface Change { where: string; what: string }

const plain = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

function fields(where: string, before: object, after: object): Change[] {
  const [old, fresh] = [before as Record<string, unknown>, after as Record<string, unknown>];
  return Object.keys(fresh)
    .filter((name) => plain(old[name]) !== plain(fresh[name]))
    .map((name) => ({ where: `${where}.${name}`, what: `${plain(old[name])} → ${plain(fresh[name])}` }));
}

function entries(list: List, before: readonly Entry[], after: readonly Entry[]): Change[] {
  const [old, fresh] = [before, after].map((all) => new Map(all.map((one) => [one.code, one])));
  const codes = [...new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])])].sort();
  return codes.flatMap((code) => {
    const [one, other] = [old?.get(code), fresh?.get(code)];
    if (one && other) return fields(`${list}.${code}`, one, other);
    return [{ where: `${list}.${code}`, what: say(other ? CAT.added : CAT.removed) }];
  });
}

/** What a new catalogue changes, field by field. */
export function changes(before: Form, after: Form): Change[] {
  return [
    ...fields("", { version: before.version }, { version: after.version }).map((one) => ({ ...one, where: "version" })),
    ...(["types", ...NAMED, "grades"] as const).flatMap((list) => entries(list, before[list], after[list])),
    ...after.clocks.flatMap((clocks, at) => fields(`clocks.${at + 1}`, before.clocks[at] ?? {}, clocks)),
    ...fields("rules", before.rules, after.rules),
  ];
}

/** A file that somebody chose; what it lacks is said. */
export function lacks(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return "version";
  const form = value as Record<string, unknown>;
  const missing = ["types", ...NAMED, "grades", "clocks"].find((list) => !Array.isArray(form[list]));
  if (missing) return missing;
  return typeof form["version"] !== "string" ? "version" : typeof form["rules"] !== "object" || !form["rules"] ? "rules" : null;
}
