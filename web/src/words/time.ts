// Instants and durations as a control room reads them: in the city's time zone, with the 24-hour clock, durations as minutes and seconds.
import { signal } from "@preact/signals";
import { locale, say, type Pair } from "./say";

/** The time zone of the city: a console may stand elsewhere. */
export const zone = signal<string>("UTC");

const formats = new Map<string, Intl.DateTimeFormat>();

function format(kind: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${kind} ${locale.value} ${zone.value}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(locale.value, { ...options, timeZone: zone.value, hourCycle: "h23" });
    formats.set(key, found);
  }
  return found;
}

export const clockTime = (at: number | string | Date): string =>
  format("clock", { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(new Date(at));

export const shortTime = (at: number | string | Date): string =>
  format("short", { hour: "2-digit", minute: "2-digit" }).format(new Date(at));

export const dayTime = (at: number | string | Date): string =>
  format("day", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(new Date(at));

export const day = (at: number | string | Date): string =>
  format("date", { weekday: "short", day: "numeric", month: "short", year: "numeric" }).format(new Date(at));

/** A day of a week that is known: Mon 8 Jan. */
export const weekDay = (at: number | string | Date): string =>
  format("week", { weekday: "short", day: "numeric", month: "short" }).format(new Date(at));

/** 45 s is 0:45, an hour and a half is 1:30:00, and what is past is negative. */
export function duration(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  const sign = ms < 0 && seconds > 0 ? "−" : "";
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return hours > 0 ? `${sign}${hours}:${two(minutes)}:${two(rest)}` : `${sign}${minutes}:${two(rest)}`;
}

const AGES = {
  seconds: ["{n} s", "{n} 秒"],
  minutes: ["{n} min", "{n} 分"],
  hours: ["{h} h {m} min", "{h} 小时 {m} 分"],
  days: ["{n} d", "{n} 天"],
} satisfies Record<string, Pair>;

/** How long ago, roughly: for ages, where seconds stop mattering after a minute. */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return say(AGES.seconds, { n: seconds });
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return say(AGES.minutes, { n: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return say(AGES.hours, { h: hours, m: minutes % 60 });
  return say(AGES.days, { n: Math.floor(hours / 24) });
}

/** An instant for a field of a form, in the city's zone: `2024-01-08T09:30`. */
export function forField(at: number): string {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone.value, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit",
  }).formatToParts(new Date(at));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "00";
  return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
}

/** The instant of such a field: the offset is looked up, then looked up again where daylight saving changed between. */
export function fromField(text: string): number | null {
  const naive = Date.parse(`${text}:00Z`);
  if (Number.isNaN(naive)) return null;
  const offset = (at: number) => Date.parse(`${forField(at)}:00Z`) - Math.floor(at / 60_000) * 60_000;
  const first = naive - offset(naive);
  return naive - offset(first);
}
