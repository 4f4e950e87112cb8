// Long lists: a part of them is drawn, and more when it is wanted; and the question before something grave.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { W } from "../words/common";
import { say } from "../words/say";
import { S } from "../words/settings";

const STEP = 100;

/** The first rows, and a button for more. `of` begins anew when it changes, such as with what was searched for. */
export function Long<T>({ rows, of, children }: { rows: readonly T[]; of: string; children: (shown: readonly T[]) => ComponentChildren }) {
  const [most, setMost] = useState(STEP);
  useEffect(() => setMost(STEP), [of]);
  const left = rows.length - most;
  return (
    <>
      <div class="scroll" tabIndex={0} role="region" aria-label={of}>{children(rows.slice(0, most))}</div>
      {left > 0 && (
        <p class="more">
          <span class="faint">{say(S.counted, { n: most, all: rows.length })}</span>
          <Button onClick={() => setMost(most + STEP)}>{say(S.showMore, { n: Math.min(STEP, left) })}</Button>
        </p>
      )}
    </>
  );
}

/** A grave thing, asked about once. */
export function Sure({ says, act, doIt, close, children }: {
  says: string; act: string; doIt: () => void; close: () => void; children?: ComponentChildren;
}) {
  return (
    <Dialog title={act} close={close}>
      <p>{says}</p>
      {children}
      <footer>
        <Button onClick={close}>{say(W.cancel)}</Button>
        <Button kind="grave" onClick={doIt}>{act}</Button>
      </footer>
    </Dialog>
  );
}
