// Something to take along: shown in full, chosen as a whole by one click, copied by a button.
import { useRef } from "preact/hooks";
import { W } from "../words/common";
import { say } from "../words/say";
import { Button } from "./controls";
import { done } from "./toasts";

/** Copies; where the browser keeps its clipboard to itself the text is chosen, for Ctrl-C. */
async function copy(text: string, shown: HTMLElement | null): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    done(say(W.copied));
  } catch {
    if (shown) getSelection()?.selectAllChildren(shown);
  }
}

/** Copies what is shown elsewhere on the page. */
export function CopyButton({ text, label, shown = null }: { text: string; label: string; shown?: HTMLElement | null }) {
  return <Button label={`${say(W.copy)}: ${label}`} onClick={() => void copy(text, shown)}>{say(W.copy)}</Button>;
}

export function Copied({ text, label }: { text: string; label: string }) {
  const shown = useRef<HTMLElement>(null);
  return (
    <div class="copied">
      <code ref={shown} aria-label={label} tabIndex={0}>{text}</code>
      <Button label={`${say(W.copy)}: ${label}`} onClick={() => void copy(text, shown.current)}>{say(W.copy)}</Button>
    </div>
  );
}
