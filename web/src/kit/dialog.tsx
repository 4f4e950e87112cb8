// A dialog: the browser's own, which keeps the focus within and gives it back afterwards.
import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { listen } from "../app/keys";
import { W } from "../words/common";
import { say } from "../words/say";
import { Button } from "./controls";

export function Dialog({ title, close, wide, children }: {
  title: string; close: () => void; wide?: boolean; children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Before anything else can be typed: what is typed next is meant for the dialog.
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    const forget = listen(W.close, [{ press: "Escape", says: W.close, run: close, typing: true }]);
    return () => {
      forget();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class={`dialog ${wide ? "wide" : ""}`} aria-labelledby={id} onCancel={(event) => { event.preventDefault(); close(); }}>
      <header>
        <h2 id={id}>{title}</h2>
        <Button kind="plain" icon label={say(W.close)} onClick={close}>✕</Button>
      </header>
      <div class="body">{children}</div>
    </dialog>
  );
}
