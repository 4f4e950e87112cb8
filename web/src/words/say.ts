// What the pages say, in two languages. Each text stands in both side by side, so that none can be there in one alone.
import { computed, signal } from "@preact/signals";

export type Language = "en" | "zh";

/** A text, or its plural forms as Intl.PluralRules names them. English needs `one`; Chinese never does. */
export type English = string | { one: string; other: string };
export type Pair = readonly [en: English, zh: string];
export type Params = Record<string, string | number>;

const kept = (): Language | null => {
  const value = localStorage.getItem("language");
  return value === "en" || value === "zh" ? value : null;
};

export const language = signal<Language>(kept() ?? (navigator.language.startsWith("zh") ? "zh" : "en"));
export const locale = computed(() => (language.value === "zh" ? "zh-CN" : "en-GB"));

export function choose(wanted: Language): void {
  language.value = wanted;
  localStorage.setItem("language", wanted);
}

const plurals = new Intl.PluralRules("en");

function pick(english: English, params: Params | undefined): string {
  if (typeof english === "string") return english;
  return plurals.select(Number(params?.n ?? 0)) === "one" ? english.one : english.other;
}

/** Says a text in the language of the page; `{name}` is filled in from `params`, and `n` decides the plural. */
export function say(pair: Pair, params?: Params): string {
  const text = language.value === "zh" ? pair[1] : pick(pair[0], params);
  if (!params) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? number(value) : value;
  });
}

/** Formats are dear to make and are asked for all the time. */
const formats = new Map<string, Intl.NumberFormat>();

function format(style: "decimal" | "percent", digits: number): Intl.NumberFormat {
  const key = `${locale.value} ${style} ${digits}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.NumberFormat(locale.value, { style, maximumFractionDigits: digits });
    formats.set(key, found);
  }
  return found;
}

/** Whole numbers and decimals as the language writes them. */
export const number = (value: number, digits = 0): string => format("decimal", digits).format(value);

export const percent = (share: number, digits = 0): string => format("percent", digits).format(share);

/** A name in two languages, of which one may be missing. */
export function named(name: { en?: string | undefined; zh?: string | undefined } | null | undefined): string {
  if (!name) return "";
  const [first, second] = language.value === "zh" ? [name.zh, name.en] : [name.en, name.zh];
  return first || second || "";
}

/** Names of codes are told by the catalogue; this is for codes that the program itself has. */
export function oneOf<K extends string>(table: Record<K, Pair>, code: string): string {
  const pair = (table as Record<string, Pair | undefined>)[code];
  return pair ? say(pair) : code;
}
