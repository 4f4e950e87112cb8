// Signing in.
import { useState } from "preact/hooks";
import { api, outcome, type Problem } from "../api/client";
import { Button, Fault, Input } from "../kit/controls";
import { take } from "../live/session";
import { say, type Pair } from "../words/say";

const W = {
  title: ["Sign in", "登录"],
  staff: ["Staff number", "工号"],
  password: ["Password", "密码"],
  code: ["Code of the second factor", "动态验证码"],
  codeHint: ["If you have set one up; a code to recover with works too", "如已设置；也可使用恢复码"],
} satisfies Record<string, Pair>;

export function SignIn() {
  const [staff, setStaff] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    const found = await outcome(api.POST("/api/v1/session", { body: { staff, password, code: code || null } }));
    setBusy(false);
    if (found.ok) take(found.value);
    else setProblem(found.problem);
  };
  return (
    <main class="door">
      <form onSubmit={(event) => void submit(event)}>
        <h1>Precinct</h1>
        <Input label={W.staff} value={staff} onValue={setStaff} autocomplete="username" required autofocus />
        <Input label={W.password} type="password" value={password} onValue={setPassword} autocomplete="current-password" required />
        <Input label={W.code} hint={W.codeHint} value={code} onValue={setCode} autocomplete="one-time-code" inputmode="numeric" />
        {problem && <Fault problem={problem} />}
        <Button type="submit" kind="first" disabled={busy}>{say(W.title)}</Button>
      </form>
    </main>
  );
}
