// The second factor: set up with a picture and a code, shown within a session that began without, and codes to recover with.
import { useRef, useState } from "preact/hooks";
import { api, outcome, type Problem, type Schemas } from "../api/client";
import { Copied, CopyButton } from "../kit/copy";
import { Button, Fault, Input } from "../kit/controls";
import { Qr } from "../kit/qr";
import { done } from "../kit/toasts";
import { look } from "../live/session";
import { say } from "../words/say";
import { F, W } from "../words/sign-in";
import "./sign-in.css";

function Codes({ codes, kept }: { codes: readonly string[]; kept: () => void }) {
  const list = useRef<HTMLUListElement>(null);
  return (
    <div class="factor">
      <h3>{say(F.codes)}</h3>
      <p class="said">{say(F.codesHint)}</p>
      <ul ref={list} class="codes" aria-label={say(F.codes)}>{codes.map((code) => <li key={code}>{code}</li>)}</ul>
      <div class="row">
        <CopyButton text={codes.join("\n")} label={say(F.codes)} shown={list.current} />
        <Button onClick={() => print()}>{say(F.print)}</Button>
        <Button kind="first" onClick={kept}>{say(F.kept)}</Button>
      </div>
    </div>
  );
}

/** From the secret to the codes. `over` is told once the codes are kept. */
export function SetUpFactor({ over, replace, begun }: { over?: () => void; replace?: boolean; begun?: (begun: boolean) => void }) {
  const [factor, setFactor] = useState<Schemas["FactorDoc"] | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const begin = async () => {
    const found = await outcome(api.POST("/api/v1/factor", { body: {} }));
    setProblem(found.ok ? null : found.problem);
    if (!found.ok) return;
    setFactor(found.value);
    begun?.(true);
  };
  const confirm = async (event: Event) => {
    event.preventDefault();
    const found = await outcome(api.POST("/api/v1/factor/confirm", { body: { code: code.trim() } }));
    setProblem(found.ok ? null : found.problem);
    if (found.ok) setCodes(found.value.codes);
  };
  const kept = () => {
    setCodes(null);
    setFactor(null);
    setCode("");
    begun?.(false);
    done(say(F.ready));
    void look().then(over);
  };
  if (codes) return <Codes codes={codes} kept={kept} />;
  return (
    <div class="factor">
      {!factor && <Button kind={replace ? undefined : "first"} onClick={() => void begin()}>{say(replace ? F.replace : F.begin)}</Button>}
      {factor && (
        <>
          <p>{say(F.scan)}</p>
          <Qr text={factor.address} label={say(F.picture)} />
          <p class="muted">{say(F.byHand)}</p>
          <Copied text={factor.secret} label={say(F.secret)} />
          <form class="factor" onSubmit={(event) => void confirm(event)}>
            <Input label={F.enter} value={code} onValue={setCode} inputmode="numeric" autocomplete="one-time-code" required autofocus />
            <Button type="submit" kind="first">{say(F.confirm)}</Button>
          </form>
        </>
      )}
      {problem && <Fault problem={problem} />}
    </div>
  );
}

/** For a session that began without: what was refused may be asked again afterwards. */
export function ShowFactor({ over }: { over: () => void }) {
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState<Problem | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    const found = await outcome(api.POST("/api/v1/session/step-up", { body: { code: code.trim() } }));
    setProblem(found.ok ? null : found.problem);
    if (found.ok) void look().then(over);
  };
  return (
    <form class="factor" onSubmit={(event) => void submit(event)}>
      <Input label={W.code} hint={W.codeHint} value={code} onValue={setCode} autocomplete="one-time-code" required />
      {problem && <Fault problem={problem} />}
      <Button type="submit">{say(F.show)}</Button>
    </form>
  );
}
