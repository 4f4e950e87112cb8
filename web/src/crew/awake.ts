// Keeping the screen on, if somebody asks for it: a browser whose screen is off tells no position.
import { signal } from "@preact/signals";

export const canStayAwake = "wakeLock" in navigator;
export const awake = signal(false);

let lock: WakeLockSentinel | null = null;

async function hold(): Promise<void> {
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch {
    lock = null;
  }
}

export function stayAwake(wanted: boolean): void {
  awake.value = wanted;
  if (wanted) void hold();
  else {
    void lock?.release();
    lock = null;
  }
}

document.addEventListener("visibilitychange", () => {
  // The browser lets go of it whenever the page is hidden.
  if (awake.value && document.visibilityState === "visible") void hold();
});
