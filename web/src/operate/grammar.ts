// The command line's language: a verb and what it takes. Every word can be completed, and a line says what is wrong before it is sent.
import type { Incident } from "../api/documents";
import { collate, incidents, onDuty, queue, unitCalled } from "../live/board";
import { dispositions, hazards, reasons, types, typeTitle, type Coded } from "../live/catalogue";
import { mayPresence } from "../live/presence";
import { presenceShown } from "../map/state";
import { named, say, type Pair } from "../words/say";
import { openIncident, openIntake, openUnit, toggleUnitBoard } from "./desk";
import { openSeal } from "../seal/state";
import { JOINT } from "../words/operate";
import { SEAL } from "../words/seal";
import { openJoint } from "./joint";
import * as orders from "./orders";
import { numbered } from "./orders";

type Kind = "incident" | "unit" | "units" | "reason" | "disposition" | "hazard" | "type" | "priority" | "words" | "thing";

/** What a word may become: what is put into the line, and what it is. */
export interface Completion { text: string; says: string }

interface Verb {
  verb: string;
  says: Pair;
  takes: Kind[];
  /** How many of `takes` may be left out at the end. */
  least: number;
  run: (words: Taken) => void | Promise<unknown>;
}

interface Taken { incident: number; units: number[]; code: string; number: number; words: string }

const coded = (list: readonly Coded[], typed: string): Coded | undefined => {
  const wanted = typed.toLowerCase();
  const names = (one: Coded) => [one.code, one.title.en.toLowerCase().replace(/\s/g, "_"), one.title.zh];
  const starts = list.filter((one) => names(one).some((name) => name.startsWith(wanted)));
  return list.find((one) => names(one).includes(wanted)) ?? (starts.length === 1 ? starts[0] : undefined);
};

const incidentOf = (typed: string): Incident | undefined => incidents.value.get(Number(typed.replace(/^#/, "")));

async function send({ incident, units }: Taken): Promise<void> {
  if (units.length === 0) return orders.sendRecommended(incident);
  const found = await orders.recommend({ incident });
  for (const unit of units) await orders.dispatch(incident, unit, found.ok ? found.value.id : null);
}

/** The incident a unit is on, for orders that name the unit alone. */
function withTask(unit: number, then: (incident: number) => unknown): void {
  const task = onDuty.value.find((one) => one.unit === unit)?.incident;
  if (task != null) then(task);
}

const step = (what: orders.Step) => ({ units }: Taken) => units.forEach((unit) => withTask(unit, (incident) => orders.step(incident, unit, what)));

export const VERBS: Verb[] = [
  { verb: "d", says: ["send units to an incident; without units, those recommended", "派警：警情 力量…；不写力量即派推荐力量"], takes: ["incident", "units"], least: 1, run: send },
  { verb: "n", says: ["new incident: type, then place", "接警：类型 地点"], takes: ["type", "words"], least: 0, run: ({ code, words }) => openIntake({ ...(code && { kind: code }), ...(words && { place: words }) }) },
  { verb: "go", says: ["go to an incident or a unit", "查看警情或力量"], takes: ["thing"], least: 1, run: ({ incident, units }) => (units[0] ? openUnit(units[0]) : openIncident(incident)) },
  { verb: "ack", says: ["units have their task", "接令"], takes: ["units"], least: 1, run: step("acknowledge") },
  { verb: "er", says: ["units are on their way", "出发"], takes: ["units"], least: 1, run: step("en-route") },
  { verb: "os", says: ["units are on scene", "到场"], takes: ["units"], least: 1, run: step("on-scene") },
  { verb: "clr", says: ["units are done", "处毕"], takes: ["units"], least: 1, run: step("clear") },
  { verb: "rec", says: ["recall a unit", "召回力量"], takes: ["unit", "reason"], least: 1, run: ({ units, code }) => units.forEach((unit) => withTask(unit, (incident) => orders.recall(incident, unit, code || "not_needed"))) },
  { verb: "out", says: ["a unit is out of service", "暂停备勤"], takes: ["unit", "reason"], least: 1, run: ({ units, code }) => units.forEach((unit) => orders.out(unit, code || "other")) },
  { verb: "back", says: ["a unit is back in service", "恢复备勤"], takes: ["units"], least: 1, run: ({ units }) => units.forEach((unit) => orders.back(unit)) },
  { verb: "c", says: ["close an incident", "结警"], takes: ["incident", "disposition"], least: 2, run: ({ incident, code }) => orders.resolve(incident, code) },
  { verb: "x", says: ["cancel an incident: nothing to answer", "撤销警情"], takes: ["incident", "reason"], least: 2, run: ({ incident, code }) => orders.cancel(incident, code) },
  { verb: "p", says: ["change the priority", "改等级"], takes: ["incident", "priority", "reason"], least: 2, run: ({ incident, number, code }) => orders.regrade(incident, incidents.value.get(incident)?.kind ?? "other", number, code || "new_report") },
  { verb: "m", says: ["merge an incident into another", "并案：警情 并入警情"], takes: ["incident", "incident"], least: 2, run: ({ incident, number }) => orders.merge(incident, number) },
  { verb: "hz", says: ["note a hazard of the place", "标注现场危险"], takes: ["incident", "hazard"], least: 2, run: ({ incident, code }) => orders.hazard(incident, code, true) },
  { verb: "note", says: ["write a note, kept sealed", "添加备注"], takes: ["incident", "words"], least: 2, run: ({ incident, words }) => orders.note(incident, words) },
  { verb: "sos", says: ["call for help for a unit", "代力量求助"], takes: ["unit"], least: 1, run: ({ units }) => units.forEach((unit) => orders.sos(unit)) },
  { verb: "seal", says: SEAL.title, takes: ["incident"], least: 1, run: ({ incident }) => { openIncident(incident); openSeal(incident); } },
  { verb: "v", says: ["show or hide presence: streets passed, hot spots", "显示或隐藏见警：经过的街道、重点部位"], takes: [], least: 0, run: () => { if (mayPresence()) presenceShown.value = !presenceShown.value; } },
  { verb: "w", says: JOINT.title, takes: [], least: 0, run: openJoint },
  { verb: "u", says: ["show or hide the units", "显示或隐藏力量看板"], takes: [], least: 0, run: toggleUnitBoard },
];

const SAYS = {
  incident: ["the number of an open incident", "未结警情编号"],
  unit: ["a call sign", "呼号"],
  units: ["call signs", "呼号"],
  reason: ["a reason", "原因"],
  disposition: ["how it ended", "处置结果"],
  hazard: ["a hazard", "危险"],
  type: ["a type", "类型"],
  priority: ["a priority, 1 to 5", "等级 1–5"],
  words: ["text", "文字"],
  thing: ["an incident or a call sign", "警情编号或呼号"],
  noVerb: ["There is no such command: press Tab to see them", "没有此命令，按 Tab 查看"],
  missing: ["Still needed: {what}", "还需要：{what}"],
  notKnown: ["“{word}” is not {what}", "“{word}”不是{what}"],
  tooMany: ["“{word}” is more than it takes", "多余的内容“{word}”"],
} satisfies Record<string, Pair>;

/** What a word is, put where it belongs; a fault says why it is nothing. */
function take(taken: Taken, kind: Kind, word: string, first: boolean): string | null {
  const unknown = () => say(SAYS.notKnown, { word, what: say(SAYS[kind]) });
  const code = (list: readonly Coded[]) => {
    const found = coded(list, word);
    if (found) taken.code = found.code;
    return found ? null : unknown();
  };
  switch (kind) {
    case "incident": {
      const found = incidentOf(word);
      if (!found) return unknown();
      if (first) taken.incident = found.incident;
      else taken.number = found.incident;
      return null;
    }
    case "unit":
    case "units": {
      const found = unitCalled(word);
      if (!found) return unknown();
      taken.units.push(found.unit);
      return null;
    }
    case "thing": {
      const unit = unitCalled(word);
      const incident = incidentOf(word);
      if (/^#?\d+$/.test(word) && incident) taken.incident = incident.incident;
      else if (unit) taken.units.push(unit.unit);
      else return unknown();
      return null;
    }
    case "reason": return code(reasons.value);
    case "disposition": return code(dispositions.value);
    case "hazard": return code(hazards.value);
    case "type": return code(types.value);
    case "priority":
      taken.number = Number(word);
      return /^[1-5]$/.test(word) ? null : unknown();
    case "words": return null;
  }
}

export type Parsed = { ok: true; run: () => void } | { ok: false; says: string };

/** Reads a line. */
export function parse(line: string): Parsed {
  const words = line.trim().split(/\s+/).filter(Boolean);
  const verb = VERBS.find((one) => one.verb === words[0]?.toLowerCase());
  if (!verb) return { ok: false, says: words[0] ? say(SAYS.noVerb) : "" };
  const taken: Taken = { incident: 0, units: [], code: "", number: 0, words: "" };
  const given = words.slice(1);
  for (const [index, word] of given.entries()) {
    const kind = verb.takes[index] ?? (verb.takes.at(-1) === "units" || verb.takes.at(-1) === "words" ? verb.takes.at(-1) : undefined);
    if (!kind) return { ok: false, says: say(SAYS.tooMany, { word }) };
    if (kind === "words") {
      taken.words = given.slice(index).join(" ");
      break;
    }
    const wrong = take(taken, kind, word, index === 0);
    if (wrong) return { ok: false, says: wrong };
  }
  if (given.length < verb.least) {
    const missing = verb.takes[given.length] ?? "words";
    return { ok: false, says: say(SAYS.missing, { what: say(SAYS[missing]) }) };
  }
  return { ok: true, run: () => void verb.run(taken) };
}

function completions(kind: Kind, typed: string): Completion[] {
  const wanted = typed.toLowerCase();
  const codes = (list: readonly Coded[]) =>
    list.filter((one) => [one.code, one.title.en.toLowerCase(), one.title.zh].some((name) => name.includes(wanted))).map((one) => ({ text: one.code, says: named(one.title) }));
  const open = () =>
    queue.value.filter((one) => String(one.incident).startsWith(wanted.replace("#", ""))).map((one) => ({ text: String(one.incident), says: `${typeTitle(one.kind)} · ${named(one.street)}` }));
  const units = () =>
    onDuty.value.filter((one) => one.call_sign.toLowerCase().includes(wanted)).sort((a, b) => collate(a.call_sign, b.call_sign)).map((one) => ({ text: one.call_sign, says: one.incident == null ? "" : numbered(one.incident) }));
  switch (kind) {
    case "incident": return open();
    case "unit":
    case "units": return units();
    case "thing": return [...open(), ...units()];
    case "reason": return codes(reasons.value);
    case "disposition": return codes(dispositions.value);
    case "hazard": return codes(hazards.value);
    case "type": return codes(types.value);
    case "priority": return ["1", "2", "3", "4", "5"].map((text) => ({ text, says: "" }));
    case "words": return [];
  }
}

/** What the last word of a line may become. */
export function complete(line: string): Completion[] {
  const words = line.split(/\s+/);
  const last = words.at(-1) ?? "";
  if (words.length <= 1) {
    return VERBS.filter((one) => one.verb.startsWith(last.toLowerCase())).map((one) => ({ text: one.verb, says: say(one.says) }));
  }
  const verb = VERBS.find((one) => one.verb === words[0]?.toLowerCase());
  const kind = verb?.takes[words.length - 2] ?? (verb?.takes.at(-1) === "units" ? "units" : undefined);
  return kind ? completions(kind, last).slice(0, 12) : [];
}
