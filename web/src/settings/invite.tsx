// Making an account: its roles, then its invitation, shown once.
import { useState } from "preact/hooks";
import { api, outcome, type Problem } from "../api/client";
import { Copied } from "../kit/copy";
import { Button, Input } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { forces } from "../live/catalogue";
import { W } from "../words/common";
import { named, say } from "../words/say";
import { P } from "../words/settings";
import { Refusal } from "./asked";
import { GrantsEditor, type Grant } from "./grants";
import type { Areas } from "./places";

function Link({ staff, token, close }: { staff: string; token: string; close: () => void }) {
  return (
    <>
      <p class="said">{say(P.linkHint, { staff })}</p>
      <Copied text={`${location.origin}/accept#${token}`} label={say(P.link, { staff })} />
      <footer><Button kind="first" onClick={close}>{say(W.close)}</Button></footer>
    </>
  );
}

export function Invite({ areas, close, made }: { areas: Areas; close: () => void; made: () => void }) {
  const [staff, setStaff] = useState("");
  const [force, setForce] = useState("police");
  const [grants, setGrants] = useState<Grant[]>([{ role: "dispatcher", area: 0 }]);
  const [token, setToken] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    const body = { staff: staff.trim(), force: force.trim(), roles: grants };
    const found = await outcome(api.POST("/api/v1/accounts", { body }));
    setProblem(found.ok ? null : found.problem);
    if (!found.ok) return;
    setToken(found.value.token);
    made();
  };
  if (token) return <Dialog title={say(P.link, { staff })} close={close}><Link staff={staff} token={token} close={close} /></Dialog>;
  return (
    <Dialog title={say(P.make)} close={close}>
      <form class="factor" onSubmit={(event) => void submit(event)}>
        <Input label={P.staff} value={staff} onValue={setStaff} autocomplete="off" required autofocus />
        <Input label={P.force} value={force} onValue={setForce} hint={forces.value.map((one) => `${one.code} ${named(one.title)}`).join(", ")} required />
        <GrantsEditor grants={grants} change={setGrants} areas={areas} />
        {problem && <Refusal problem={problem} />}
        <footer>
          <Button onClick={close}>{say(W.cancel)}</Button>
          <Button type="submit" kind="first">{say(P.invite)}</Button>
        </footer>
      </form>
    </Dialog>
  );
}
