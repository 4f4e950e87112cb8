// The sign at the top that says whether it is shared where one is, and if not, why.
import { tick } from "../live/clock";
import { W } from "../words/crew";
import { say } from "../words/say";
import { age } from "../words/time";
import { retry, sharing, unsent } from "./sharing";
import { cutOff } from "./waiting";

/** Older than this it says where the unit was, not where it is. */
const OLD_MS = 60_000;

export function SharingSign() {
  const state = sharing.value;
  void tick.value;
  if (!state.on) {
    if (state.why === "off_duty") return <p class="sharing">○ {say(W.notShared)}</p>;
    const why = { denied: W.denied, insecure: W.insecure, no_device: W.noDevice }[state.why];
    return (
      <div class="sharing wrong">
        <p>✕ {say(why)}</p>
        {state.why === "denied" && <button type="button" class="tap" onClick={retry}>{say(W.askAgain)}</button>}
      </div>
    );
  }
  const old = state.fix && Date.now() - state.fix.time > OLD_MS;
  if (!state.fix) return <p class="sharing finding"><span class="dot" aria-hidden="true" /> {say(W.finding)}</p>;
  if (old) return <p class="sharing old"><span class="dot still" aria-hidden="true" /> {say(W.oldFix, { ago: age(Date.now() - state.fix.time) })}</p>;
  if (cutOff() && unsent.value > 0) return <p class="sharing old"><span class="dot" aria-hidden="true" /> {say(W.unsent, { n: unsent.value })}</p>;
  return (
    <p class="sharing on">
      <span class="dot" aria-hidden="true" /> {say(W.sharing)} <span class="muted">{say(W.exact, { n: state.fix.accuracy })}</span>
    </p>
  );
}
