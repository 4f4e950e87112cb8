// The city's time: told by the server, carried on between by the browser's own running clock, which no change of the calendar moves.
import { computed, signal } from "@preact/signals";
import type { CityTime } from "../api/documents";
import { zone } from "../words/time";

interface Reading { city: number; at: number; speed: number }

let reading: Reading = { city: Date.now(), at: performance.now(), speed: 1 };

export const drill = signal(false);
export const speed = signal(1);

/** Takes over what the server says the time is. */
export function set(time: CityTime): void {
  zone.value = time.time_zone;
  drill.value = time.drill;
  speed.value = time.speed;
  reading = { city: Date.parse(time.now), at: performance.now(), speed: time.speed };
  tick.value = now();
}

/** Takes over an instant at which something was told; the speed stays. */
export function setNow(instant: string): void {
  reading = { ...reading, city: Date.parse(instant), at: performance.now() };
}

/** Holds the clock at a past instant, for review; it stands until it is set again. */
export function hold(at: number): void {
  reading = { city: at, at: performance.now(), speed: 0 };
  tick.value = at;
}

/** The instant it is in the city, in milliseconds. */
export function now(): number {
  return reading.city + (performance.now() - reading.at) * reading.speed;
}

/** The instant, a few times a second at most: what shows ages and clocks hangs on it. */
export const tick = signal(now());
setInterval(() => {
  tick.value = now();
}, 500);

/** The hour of the day in the city, for day and night. */
export const hour = computed(() => {
  const text = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone: zone.value });
  return Number(text.format(new Date(Math.floor(tick.value / 600_000) * 600_000)));
});
