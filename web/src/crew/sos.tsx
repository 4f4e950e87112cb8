// The call for help: always there, held for a second, and what became of it.
import { signal } from "@preact/signals";
import { session } from "../live/session";
import { W } from "../words/crew";
import { say, type Pair } from "../words/say";
import { shortTime } from "../words/time";
import { unit } from "./duty";
import { call, called, unheard } from "./help";
import { Hold } from "./hold";
import { cutOff } from "./waiting";
import * as queue from "./queue";

/** Said for a while after the button was let go too soon. */
const short = signal(false);

export function SosButton() {
  const none = unit.value === null;
  return (
    <Hold
      kind="sos"
      label={none ? say(W.noUnit) : say(W.holdSos)}
      disabled={none}
      done={() => {
        short.value = false;
        call();
      }}
      short={() => {
        short.value = true;
        setTimeout(() => (short.value = false), 4_000);
      }}
    >
      {say(W.sos)}
    </Hold>
  );
}

/** Why nobody has heard yet, and what to do. */
function unsentBecause(): Pair {
  if (session.value === null) return W.callingSignIn;
  return cutOff() ? W.callingHint : W.callingNow;
}

export function SosState() {
  const open = called.value;
  if (!open) return short.value ? <p class="called short" role="alert">{say(W.sosShort)}</p> : null;
  const at = shortTime(open.since);
  return (
    <section class={`called ${open.sent ? "sent" : ""}`} role="alert">
      <strong>{say(open.sent ? W.called : W.calling, { at })}</strong>
      <p>{say(open.sent ? W.calledHint : unsentBecause())}</p>
      {!open.sent && <Hold kind="small" done={() => unheard.value.forEach(queue.drop)}>{say(W.takeBack)}</Hold>}
    </section>
  );
}
