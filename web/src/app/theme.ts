// Dark at night and light by day, by the city's clock, unless somebody chose.
import { computed, effect, signal } from "@preact/signals";
import { hour } from "../live/clock";
import { language } from "../words/say";

export type Wish = "auto" | "dark" | "light";

const kept = localStorage.getItem("theme");
export const wish = signal<Wish>(kept === "dark" || kept === "light" ? kept : "auto");

export function choose(wanted: Wish): void {
  wish.value = wanted;
  localStorage.setItem("theme", wanted);
}

/** Night in a control room, whatever the season. */
const isNight = (at: number): boolean => at < 7 || at >= 18;

export const theme = computed<"dark" | "light">(() => {
  if (wish.value !== "auto") return wish.value;
  return isNight(hour.value) ? "dark" : "light";
});

effect(() => {
  document.documentElement.dataset["theme"] = theme.value;
});

effect(() => {
  document.documentElement.lang = language.value === "zh" ? "zh-CN" : "en";
});

/** A colour of the style, for what draws itself: the map, charts. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
