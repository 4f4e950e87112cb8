// Signing in on a phone: the same door as the console's, in letters for gloves.
import { useState } from "preact/hooks";
import { api, outcome, type Problem } from "../api/client";
import { Fault, Input } from "../kit/controls";
import { take } from "../live/session";
import { Ways } from "../sign-in/ways";
import { W } from "../words/crew";
import { choose, language, say } from "../words/say";
import { detailOf } from "../words/told";
import { staff as known } from "./duty";
import { SosState } from "./sos";
import { Line, Waiting } from "./waiting";

/** What is wrong with what was typed; whatever else it is, is said as everywhere. */
function Wrong({ problem }: { problem: Problem }) {
  if (problem.status !== 401) return <Fault problem={problem} />;
  return <p class="wrong" role="alert">{detailOf(problem)}</p>;
}

export function SignIn() {
  const [staff, setStaff] = useState(known.value ?? "");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [coded, setCoded] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const found = await outcome(api.POST("/api/v1/session", { body: { staff, password, code: code || null } }));
    setBusy(false);
    if (found.ok) {
      take(found.value);
      return;
    }
    setProblem(found.problem);
    if (found.problem.code === "sign_in.code_needed" || found.problem.code === "sign_in.code_wrong") setCoded(true);
  };
  return (
    <main class="crew door">
      <form onSubmit={(event) => void submit(event)}>
        <header>
          <h1>Precinct</h1>
          <button type="button" class="tap plain" onClick={() => choose(language.value === "zh" ? "en" : "zh")}>{say(W.language)}</button>
        </header>
        {known.value !== null && <p class="told">{say(W.ended)}</p>}
        <SosState />
        <Line />
        <Waiting />
        <Input label={W.staff} value={staff} onValue={setStaff} autocomplete="username" required />
        <Input label={W.password} type="password" value={password} onValue={setPassword} autocomplete="current-password" required />
        {coded ? (
          <Input label={W.code} value={code} onValue={setCode} autocomplete="one-time-code" inputmode="numeric" autofocus />
        ) : (
          <button type="button" class="tap plain" onClick={() => setCoded(true)}>{say(W.withCode)}</button>
        )}
        {problem && <Wrong problem={problem} />}
        <button type="submit" class="tap next" disabled={busy}>{say(W.signIn)}</button>
        <Ways from="/crew" button="tap" />
      </form>
    </main>
  );
}
