// Choosing one of a list by one tap: a sheet over the page, the likely ones first.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { named, say, type Pair } from "../words/say";
import type { Coded } from "../live/catalogue";
import { W } from "../words/crew";
import { W as C } from "../words/common";
import { SosButton, SosState } from "./sos";

/** What is pressed is at the foot, in the thumb's reach; the call for help is there too, as everywhere. */
export function Sheet({ title, close, action, children }: {
  title: string; close: () => void; action?: ComponentChildren; children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog ref={dialog} class="sheet" aria-label={title} onCancel={(event) => { event.preventDefault(); close(); }}>
      <header>
        <h2>{title}</h2>
        <SosState />
      </header>
      <div class="within">{children}</div>
      <footer>
        <button type="button" class="tap" onClick={close}>{say(C.back)}</button>
        <SosButton />
        {action ?? <span />}
      </footer>
    </dialog>
  );
}

/** The codes of a list with those of `first` before the others, which come upon a further tap. */
export function split(list: readonly Coded[], first: readonly string[]): [Coded[], Coded[]] {
  const likely = first.flatMap((code) => list.filter((one) => one.code === code));
  const rest = list.filter((one) => !first.includes(one.code));
  return likely.length > 0 ? [likely, rest] : [rest, []];
}

export function PickReason({ title, list, first, pick, close }: {
  title: Pair; list: readonly Coded[]; first: readonly string[]; pick: (code: string) => void; close: () => void;
}) {
  const [all, setAll] = useState(false);
  const [likely, rest] = split(list, first);
  return (
    <Sheet title={say(title)} close={close}>
      <div class="choices">
        {[...likely, ...(all ? rest : [])].map((one) => (
          <button key={one.code} type="button" class="tap" onClick={() => pick(one.code)}>{named(one.title)}</button>
        ))}
        {!all && rest.length > 0 && <button type="button" class="tap plain" onClick={() => setAll(true)}>{say(W.moreReasons)}</button>}
      </div>
    </Sheet>
  );
}
