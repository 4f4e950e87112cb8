// The call for help: sent at once with the last place that is known, and again with a newer one as soon as there is one.
import { computed } from "@preact/signals";
import { help, staff, unit } from "./duty";
import * as queue from "./queue";
import { here } from "./sharing";

/** A place so old still says where to look. */
const KNOWN_MS = 120_000;
/** A place taken within this time of the call makes another call of its own unnecessary. */
const FRESH_MS = 10_000;

const calls = computed(() => queue.ahead.value.filter((one) => one.deed.deed === "sos"));

export type Help = { since: number; sent: boolean };

/** Whether help is called, since when, and whether anybody knows. */
export const called = computed<Help | null>(() => {
  const open = help.value;
  const first = calls.value[0];
  if (open) return { since: Date.parse(open.raised), sent: true };
  return first ? { since: first.at, sent: !queue.waiting.value.includes(first) } : null;
});

/** A call that nobody has heard yet, which may be taken back. */
export const unheard = computed(() => queue.waiting.value.filter((one) => one.deed.deed === "sos"));

function put(at: [number, number] | null): void {
  const [who, mine] = [staff.peek(), unit.peek()];
  if (who !== null && mine !== null) queue.put(who, [{ deed: "sos", unit: mine, at }]);
}

/** Calls for help. Nothing is waited for. */
export function call(): void {
  const known = here(KNOWN_MS);
  put(known?.at ?? null);
  if (known && here(FRESH_MS)) return;
  navigator.geolocation?.getCurrentPosition(
    ({ coords }) => {
      if (called.peek()) put([Number(coords.longitude.toFixed(7)), Number(coords.latitude.toFixed(7))]);
    },
    () => {},
    { enableHighAccuracy: true, maximumAge: FRESH_MS, timeout: 30_000 },
  );
}
