// Keys of machines: made and shown once, with their last use, revoked.
import { useState } from "preact/hooks";
import { api, outcome, type Problem, type Schemas } from "../api/client";
import { Copied } from "../kit/copy";
import { Button, Empty, Input } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { done } from "../kit/toasts";
import { W } from "../words/common";
import { say } from "../words/say";
import { K, P, S } from "../words/settings";
import { day, dayTime, fromField } from "../words/time";
import { Refusal, Shown, useAsked } from "./asked";
import { Grants, GrantsEditor, type Grant } from "./grants";
import { Long, Sure } from "./long";
import { useAreas, type Areas } from "./places";

type Listed = Schemas["KeyListed"];

function state(key: Listed): [says: string, how: string] {
  if (key.revoked) return [say(K.revoked), "bad"];
  if (key.expires && Date.parse(key.expires) < Date.now()) return [say(K.over), "warned"];
  return [say(K.works), "good"];
}

function Rows({ shown, areas, revoke }: { shown: readonly Listed[]; areas: Areas; revoke: (key: Listed) => void }) {
  return (
    <table>
      <thead>
        <tr>{[K.name, P.roles, K.made, K.used, K.expires, P.state].map((one) => <th key={one[0]}>{say(one)}</th>)}<th><span class="unseen">{say(K.revoke)}</span></th></tr>
      </thead>
      <tbody>
        {shown.map((one) => {
          const [says, how] = state(one);
          return (
            <tr key={one.staff} class={one.revoked ? "gone" : ""}>
              <td><strong>{one.staff}</strong></td>
              <td><Grants grants={one.roles} areas={areas} /></td>
              <td>{dayTime(one.made)}</td>
              <td>{one.used ? day(one.used) : say(K.never)}</td>
              <td>{one.expires ? dayTime(one.expires) : say(K.noEnd)}</td>
              <td class={how}>{says}</td>
              <td class="number">{!one.revoked && <Button label={`${say(K.revoke)}: ${one.staff}`} onClick={() => revoke(one)}>{say(K.revoke)}</Button>}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Make({ areas, close, made }: { areas: Areas; close: () => void; made: () => void }) {
  const [name, setName] = useState("");
  const [grants, setGrants] = useState<Grant[]>([{ role: "gateway", area: 0 }]);
  const [expires, setExpires] = useState("");
  const [key, setKey] = useState<Schemas["KeyDoc"] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    const end = expires ? fromField(expires) : null;
    const body = { name: name.trim(), roles: grants, expires: end === null ? null : new Date(end).toISOString() };
    const found = await outcome(api.POST("/api/v1/keys", { body }));
    setProblem(found.ok ? null : found.problem);
    if (!found.ok) return;
    setKey(found.value);
    made();
  };
  if (key) {
    return (
      <Dialog title={say(K.once, { name: key.staff })} close={close}>
        <p class="said">{say(K.onceHint, { name: key.staff })}</p>
        <Copied text={key.key} label={say(K.once, { name: key.staff })} />
        <footer><Button kind="first" onClick={close}>{say(W.close)}</Button></footer>
      </Dialog>
    );
  }
  return (
    <Dialog title={say(K.make)} close={close}>
      <form class="factor" onSubmit={(event) => void submit(event)}>
        <Input label={K.name} hint={K.nameHint} value={name} onValue={setName} autocomplete="off" required autofocus />
        <GrantsEditor grants={grants} change={setGrants} areas={areas} />
        <Input label={K.expires} hint={K.noEnd} type="datetime-local" value={expires} onValue={setExpires} />
        {problem && <Refusal problem={problem} />}
        <footer>
          <Button onClick={close}>{say(W.cancel)}</Button>
          <Button type="submit" kind="first">{say(K.make)}</Button>
        </footer>
      </form>
    </Dialog>
  );
}

function List({ keys, again }: { keys: readonly Listed[]; again: () => void }) {
  const areas = useAreas();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Listed | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const revoke = async (key: Listed) => {
    setRevoking(null);
    // The door takes what the machine is called; its number is that with `key/` before it.
    const name = key.staff.replace(/^key\//, "");
    const found = await outcome(api.POST("/api/v1/keys/{name}/revoke", { params: { path: { name } }, body: {} }));
    setProblem(found.ok ? null : found.problem);
    if (found.ok) done(say(K.isRevoked, { name: key.staff }));
    again();
  };
  return (
    <section>
      <div class="tools"><span class="grow" /><Button kind="first" onClick={() => setMaking(true)}>{say(K.make)}</Button></div>
      {problem && <Refusal problem={problem} again={again} />}
      {keys.length === 0 ? <Empty says={say(K.none)} hint={say(K.noneHint)} /> : (
        <Long rows={keys} of={say(S.keys)}>{(shown) => <Rows shown={shown} areas={areas} revoke={setRevoking} />}</Long>
      )}
      {making && <Make areas={areas} close={() => setMaking(false)} made={again} />}
      {revoking && <Sure says={say(K.revokeSure, { name: revoking.staff })} act={say(K.revoke)} doIt={() => void revoke(revoking)} close={() => setRevoking(null)} />}
    </section>
  );
}

export function KeysPage() {
  const asked = useAsked(() => api.GET("/api/v1/keys"));
  return <Shown asked={asked}>{(keys) => <List keys={keys} again={asked.again} />}</Shown>;
}
