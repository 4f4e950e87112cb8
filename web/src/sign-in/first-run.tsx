// The first run and invitations: the token is in the part of the address that never leaves the browser.
import { useState } from "preact/hooks";
import { api, outcome, type Problem } from "../api/client";
import { go } from "../app/where";
import { Button, Empty, Fault, Input } from "../kit/controls";
import { done } from "../kit/toasts";
import { look, take } from "../live/session";
import { say } from "../words/say";
import { W } from "../words/sign-in";
import { Door } from "./door";
import { NewPassword, type Chosen } from "./password";

const NONE: Chosen = { password: "", good: false };

/** The administrator is signed in at once, and led to the second factor, without which administration is refused. */
async function signInFirst(staff: string, password: string): Promise<void> {
  const found = await outcome(api.POST("/api/v1/session", { body: { staff, password, code: null } }));
  if (found.ok) take(found.value);
  go(found.ok ? "/settings/account" : "/", true);
}

function SetUp({ token }: { token: string }) {
  const [staff, setStaff] = useState("");
  const [force, setForce] = useState("police");
  const [chosen, setChosen] = useState(NONE);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const body = { token, staff: staff.trim(), force: force.trim(), password: chosen.password };
    const found = await outcome(api.POST("/api/v1/set-up", { body }));
    if (found.ok) await signInFirst(body.staff, body.password);
    else setProblem(found.problem);
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <h1>{say(W.setUp)}</h1>
      <p class="muted">{say(W.setUpHint)}</p>
      <Input label={W.staff} value={staff} onValue={setStaff} autocomplete="username" required autofocus />
      <Input label={W.force} value={force} onValue={setForce} required />
      <NewPassword chosen={chosen} choose={setChosen} />
      {problem && <Fault problem={problem} />}
      <Button type="submit" kind="first" disabled={busy || !chosen.good}>{say(W.goOn)}</Button>
    </form>
  );
}

function Accept({ token }: { token: string }) {
  const [chosen, setChosen] = useState(NONE);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const found = await outcome(api.POST("/api/v1/accept", { body: { token, password: chosen.password } }));
    setBusy(false);
    if (!found.ok) return setProblem(found.problem);
    done(say(W.accepted));
    go("/", true);
    await look();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <h1>{say(W.accept)}</h1>
      <p class="muted">{say(W.acceptHint)}</p>
      <NewPassword chosen={chosen} choose={setChosen} />
      {problem && <Fault problem={problem} />}
      <Button type="submit" kind="first" disabled={busy || !chosen.good}>{say(W.goOn)}</Button>
    </form>
  );
}

export function FirstRun({ accept }: { accept: boolean }) {
  // Kept for as long as the page is open: going on takes it out of the address.
  const [token] = useState(() => location.hash.slice(1));
  if (!token) {
    return (
      <Door>
        <Empty says={say(W.noToken)} hint={say(W.noTokenHint)}>
          <Button onClick={() => go("/")}>{say(W.toSignIn)}</Button>
        </Empty>
      </Door>
    );
  }
  return <Door>{accept ? <Accept token={token} /> : <SetUp token={token} />}</Door>;
}
