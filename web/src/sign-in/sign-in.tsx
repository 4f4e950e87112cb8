// Signing in. The address stays as it is, so that who signs in again is back where they were.
import { useEffect, useState } from "preact/hooks";
import { api, outcome, type Problem } from "../api/client";
import { Button, Fault, Input } from "../kit/controls";
import { take, wasSignedIn } from "../live/session";
import { say, type Pair } from "../words/say";
import { W } from "../words/sign-in";
import { duration } from "../words/time";
import { Door } from "./door";
import { Ways } from "./ways";

/** Why one is not in, by the code of the problem; what is none of these is told as it is. */
type Why = "wrong" | "code" | "wrong-code" | "disabled";

function why({ code }: Problem): Why | null {
  switch (code) {
    case "sign_in.code_needed": return "code";
    case "sign_in.code_wrong": return "wrong-code";
    case "sign_in.disabled": return "disabled";
    case "sign_in.wrong": return "wrong";
    default: return null;
  }
}

/** A problem in words of this page. */
const titled = (problem: Problem, title: Pair, detail: Pair): Problem =>
  ({ type: problem.type, status: problem.status, title: say(title), detail: say(detail) });

/** Seconds still to wait after wrong tries, counted down. */
function useWait(): [left: number, begin: (seconds: number) => void] {
  const [until, setUntil] = useState(0);
  const [now, setNow] = useState(performance.now());
  useEffect(() => {
    if (until <= performance.now()) return;
    const timer = setInterval(() => {
      setNow(performance.now());
      if (performance.now() >= until) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  const begin = (seconds: number) => {
    setNow(performance.now());
    setUntil(performance.now() + seconds * 1_000);
  };
  return [Math.max(0, Math.ceil((until - now) / 1_000)), begin];
}

function useCaps(): boolean {
  const [on, setOn] = useState(false);
  useEffect(() => {
    const look = (event: KeyboardEvent) => setOn(event.getModifierState("CapsLock"));
    addEventListener("keydown", look);
    addEventListener("keyup", look);
    return () => {
      removeEventListener("keydown", look);
      removeEventListener("keyup", look);
    };
  }, []);
  return on;
}

function Wrong({ problem, left }: { problem: Problem | null; left: number }) {
  if (left > 0) return <p class="said" role="timer">{say(W.wait, { time: duration(left * 1_000) })}</p>;
  if (!problem || problem.status === 429) return null;
  switch (why(problem)) {
    case "code":
      return <p class="said well" role="status">{say(W.codeNeeded)}</p>;
    case "wrong-code":
      return <Fault problem={titled(problem, W.wrongCode, W.wrongCodeHint)} />;
    case "disabled":
      return <Fault problem={titled(problem, W.disabled, W.disabledHint)} />;
    case "wrong":
      return <Fault problem={titled(problem, W.wrong, W.wrongHint)} />;
    default:
      return <Fault problem={problem} />;
  }
}

export function SignIn() {
  const [staff, setStaff] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [asked, setAsked] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [left, begin] = useWait();
  const caps = useCaps();
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy || left > 0) return;
    setBusy(true);
    let wait = 0;
    const found = await outcome(
      api.POST("/api/v1/session", { body: { staff: staff.trim(), password, code: code.trim() || null } }).then((answer) => {
        wait = Number(answer.response.headers.get("retry-after") ?? 0);
        return answer;
      }),
    );
    setBusy(false);
    if (found.ok) return take(found.value);
    setProblem(found.problem);
    if (wait > 0) begin(wait);
    const cause = why(found.problem);
    if (cause === "code" || cause === "wrong-code") setAsked(true);
    if (cause === "wrong-code") setCode("");
  };
  const other = () => {
    setAsked(false);
    setCode("");
    setPassword("");
    setProblem(null);
  };
  return (
    <Door>
      <h1>{say(W.title)}</h1>
      {wasSignedIn.value && !problem && <p class="said">{say(W.ended)}</p>}
      <form onSubmit={(event) => void submit(event)}>
        <Input label={W.staff} value={staff} onValue={setStaff} autocomplete="username" required autofocus disabled={asked} />
        <Input label={W.password} type="password" value={password} onValue={setPassword} autocomplete="current-password" required disabled={asked} />
        {caps && <p class="caps" role="status">{say(W.caps)}</p>}
        {asked && <Input label={W.code} hint={W.codeHint} value={code} onValue={setCode} autocomplete="one-time-code" required autofocus />}
        <Wrong problem={problem} left={left} />
        <Button type="submit" kind="first" disabled={busy || left > 0}>{say(W.title)}</Button>
        {asked && <Button kind="plain" onClick={other}>{say(W.other)}</Button>}
      </form>
      <Ways />
    </Door>
  );
}
