// What is not sent yet and what was not accepted, said in words; and whether there is a signal.
import { signal } from "@preact/signals";
import { STATUS } from "../words/common";
import { typeTitle } from "../live/catalogue";
import { session } from "../live/session";
import { line } from "../live/stream";
import { DEED, STEP, W } from "../words/crew";
import { oneOf, say } from "../words/say";
import { shortTime } from "../words/time";
import type { Deed, Entry } from "./deeds";
import { stageOf } from "./deeds";
import { onDuty } from "./duty";
import { Hold } from "./hold";
import * as queue from "./queue";

/** Whether the browser itself says that there is no network. */
const offline = signal(!navigator.onLine);
addEventListener("online", () => (offline.value = false));
addEventListener("offline", () => (offline.value = true));

/** There is no line: the browser says so, a deed did not get through, or the board is silent. */
export const cutOff = (): boolean =>
  offline.value || (queue.cut.value && queue.waiting.value.length > 0) || session.value === undefined || (onDuty.value && line.value.state === "lost");

function says(deed: Deed): string {
  switch (deed.deed) {
    case "step":
      return deed.step === "clear" || deed.step === "decline" ? say(STEP[deed.step]) : oneOf(STATUS, stageOf(deed.step));
    case "report":
      return say(DEED.report, { what: typeTitle(deed.kind) });
    default:
      return say(DEED[deed.deed]);
  }
}

export function Line() {
  return cutOff() ? <p class="cut" role="status">▲ {say(W.offlineSince)}</p> : null;
}

function One({ entry }: { entry: Entry }) {
  const other = session.value && entry.staff !== session.value.staff;
  return (
    <li class={entry.refused === undefined ? "" : "refused"}>
      <p>
        <time>{shortTime(entry.at)}</time> <strong>{says(entry.deed)}</strong>
        {other && <span class="muted"> {say(W.ofAnother, { staff: entry.staff })}</span>}
      </p>
      {entry.refused === undefined ? (
        <Hold kind="small" done={() => queue.drop(entry)}>{say(W.holdDrop)}</Hold>
      ) : (
        <>
          <p role="alert">{entry.refused}</p>
          <button type="button" class="tap" onClick={() => queue.drop(entry)}>{say(W.seen)}</button>
        </>
      )}
    </li>
  );
}

/** Opens upon a tap; what was not accepted is shown at once. */
export function Waiting() {
  const [waiting, refused] = [queue.waiting.value, queue.refused.value];
  if (waiting.length + refused.length === 0) return null;
  return (
    <section class="waiting">
      {refused.length > 0 && (
        <>
          <h2>{say(W.notDone, { n: refused.length })}</h2>
          <ul>{refused.map((entry) => <One key={entry.id} entry={entry} />)}</ul>
        </>
      )}
      {waiting.length > 0 && (
        <details>
          <summary>{say(W.waiting, { n: waiting.length })}</summary>
          <ol>{waiting.map((entry) => <One key={entry.id} entry={entry} />)}</ol>
        </details>
      )}
    </section>
  );
}
