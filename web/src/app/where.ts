// Where in the pages somebody is: the address bar says it, so that going back works and a link leads there.
import { computed, signal } from "@preact/signals";

const path = signal(location.pathname + location.search);

addEventListener("popstate", () => {
  path.value = location.pathname + location.search;
});

export function go(to: string, replace = false): void {
  if (to === path.value) return;
  if (replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  path.value = to;
}

export const url = computed(() => new URL(path.value, location.origin));

/** What the console is used for now. */
export type Mode =
  | { mode: "operate" }
  | { mode: "review" }
  | { mode: "figures" }
  | { mode: "paper" }
  | { mode: "plan"; page: string }
  | { mode: "settings"; page: string };

export const mode = computed<Mode>(() => {
  const [, first, second] = url.value.pathname.split("/");
  switch (first) {
    case "review":
    case "figures":
    case "paper":
      return { mode: first };
    case "plan":
      return { mode: "plan", page: second ?? "" };
    case "settings":
      return { mode: "settings", page: second ?? "" };
    default:
      return { mode: "operate" };
  }
});
