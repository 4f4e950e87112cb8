// Keys: who listens to what, and what the help shows. Typing in a field is never taken for a command.
import { signal } from "@preact/signals";
import type { Pair } from "../words/say";

export interface Key {
  /** As KeyboardEvent.key tells it, with `ctrl+`, `alt+`, `shift+` before: `n`, `ctrl+k`, `Escape`. */
  press: string;
  says: Pair;
  run: (event: KeyboardEvent) => void;
  /** Also while somebody types. */
  typing?: boolean;
  /** Not shown in the help: another key for the same. */
  hidden?: boolean;
}

interface Layer { name: Pair; keys: Key[] }

/** Layers of keys, the innermost last: a dialog's go before the page's. */
export const layers = signal<readonly Layer[]>([]);

/** Listens until the returned function is called. */
export function listen(name: Pair, keys: Key[]): () => void {
  const layer = { name, keys };
  layers.value = [...layers.value, layer];
  return () => {
    layers.value = layers.value.filter((one) => one !== layer);
  };
}

function typed(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type);
}

function pressed(event: KeyboardEvent): string {
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push("ctrl");
  if (event.altKey) parts.push("alt");
  if (event.shiftKey && event.key.length > 1) parts.push("shift");
  parts.push(event.key.length === 1 ? event.key.toLowerCase() : event.key);
  return parts.join("+");
}

export function handle(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const press = pressed(event);
  const typing = typed(event);
  for (const layer of [...layers.value].reverse()) {
    const key = layer.keys.find((one) => one.press === press && (!typing || one.typing));
    if (key) {
      event.preventDefault();
      key.run(event);
      return;
    }
  }
}

addEventListener("keydown", handle);
