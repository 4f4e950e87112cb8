// What went wrong, in the language of the page: by the code of the problem, with what belongs to it called as people call it. A problem
// without a code is told in the server's own English words.
import type { Problem } from "../api/client";
import { POST_STATE, ROLE, STAGE, W } from "./common";
import { LEVELS, PROBLEMS, STEPS, THINGS } from "./problems";
import { language, say, type Pair, type Params } from "./say";
import { duration } from "./time";

/** Where names of things are known: a console has the board and the catalogue, other pages tell numbers and codes. */
export interface Names {
  unit?: (id: number) => string | undefined;
  area?: (id: number) => string | undefined;
  post?: (id: number) => string | undefined;
  coded?: (list: string, code: string) => string;
}

let names: Names = {};

export function tellWith(known: Names): void {
  names = known;
}

const UNIT: Pair = ["unit {id}", "{id} 号力量"];
const AREA: Pair = ["area {id}", "{id} 号区域"];
const POST: Pair = ["post {id}", "{id} 号岗点"];

const numbered = (pair: Pair, id: number): string => say(pair, { id: String(id) });
const word = (table: Record<string, Pair>, name: string): string => {
  const pair = table[name];
  return pair ? say(pair) : name;
};
const coded = (list: string) => (value: unknown) => names.coded?.(list, String(value)) ?? String(value);
const incident = (value: unknown) => `#${String(value)}`;
const area = (value: unknown) => names.area?.(Number(value)) ?? numbered(AREA, Number(value));

/** How each thing that belongs to a problem is told, by its name. */
const TOLD: Record<string, (value: unknown) => string> = {
  unit: (value) => names.unit?.(Number(value)) ?? numbered(UNIT, Number(value)),
  post: (value) => names.post?.(Number(value)) ?? numbered(POST, Number(value)),
  area, parent: area,
  incident, other: incident, into: incident,
  stage: (value) => word(STAGE, String(value)),
  role: (value) => word(ROLE, String(value)),
  state: (value) => word(POST_STATE, String(value)),
  list: (value) => word(THINGS, String(value)),
  what: (value) => word(THINGS, String(value)),
  step: (value) => word(STEPS, String(value)),
  level: (value) => word(LEVELS, String(value)),
  within: (value) => word(LEVELS, String(value)),
  kind: coded("types"), capability: coded("capabilities"), hazard: coded("hazards"), reason: coded("reasons"),
};

const HOURS: Pair = [{ one: "{n} hour", other: "{n} hours" }, "{n} 小时"];
const MINUTES: Pair = [{ one: "{n} minute", other: "{n} minutes" }, "{n} 分钟"];
const SECONDS: Pair = [{ one: "{n} second", other: "{n} seconds" }, "{n} 秒"];

/** A limit as people say it; what is no round number, by the clock. */
function spell(ms: number): string {
  for (const [pair, unit] of [[HOURS, 3_600_000], [MINUTES, 60_000]] as const) if (ms >= unit && ms % unit === 0) return say(pair, { n: ms / unit });
  return ms < 120_000 ? say(SECONDS, { n: Math.ceil(ms / 1_000) }) : duration(ms);
}

function told(name: string, value: unknown): string | number {
  if (name.endsWith("_ms")) return spell(Number(value));
  return TOLD[name]?.(value) ?? (typeof value === "number" ? value : String(value));
}

const params = (problem: Problem): Params =>
  Object.fromEntries(Object.entries(problem.params ?? {}).map(([name, value]) => [name, told(name, value)]));

type Both = { en: string; zh: string };
type PolicyFault = { line: number | null; column: number | null; policy: string | null; what: Both; mend: Both };

const LINE: Pair = ["line {line}, column {column}: ", "第 {line} 行第 {column} 个字符："];
const POLICY: Pair = ["policy “{policy}”: ", "策略“{policy}”："];
const FAULT: Pair = ["  {what}: {mend}", "  {what}。{mend}"];

const faultsOf = (problem: Problem): PolicyFault[] => (problem.params?.["faults"] ?? []) as PolicyFault[];

/** The lines of the policies that a refusal names. */
export const linesOf = (problem: Problem): number[] => faultsOf(problem).flatMap((one) => one.line ?? []);

/** A fault of policies in a line: where, which, what, and what to do. */
function policyFault({ line, column, policy, what, mend }: PolicyFault): string {
  const where = line === null || column === null ? "" : say(LINE, { line: String(line), column: String(column) });
  const which = !policy ? "" : say(POLICY, { policy });
  return say(FAULT, { what: where + which + what[language.value], mend: mend[language.value] });
}

/** What was wrong and what to do. */
export function detailOf(problem: Problem): string {
  if (problem.status === 0) return say(W.unreachable);
  const pair: Pair | undefined = problem.code ? PROBLEMS[problem.code] : undefined;
  if (!pair) return problem.detail;
  const says = say(pair, params(problem));
  const lines = faultsOf(problem).map(policyFault);
  const first = says.charAt(0).toUpperCase() + says.slice(1);
  return [language.value === "en" ? first : says, ...lines].join("\n");
}
