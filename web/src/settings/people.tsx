// People: accounts by staff number, invitations, roles, disabling, resetting the second factor.
import { useMemo, useState } from "preact/hooks";
import { api, type Schemas } from "../api/client";
import { Button, Empty, Input } from "../kit/controls";
import { collate } from "../live/board";
import { W } from "../words/common";
import { say } from "../words/say";
import { P, S } from "../words/settings";
import { Shown, useAsked } from "./asked";
import { Grants, WhatRolesMay } from "./grants";
import { Invite } from "./invite";
import { Long } from "./long";
import { Person } from "./person";
import { useAreas, type Areas } from "./places";

type Account = Schemas["AccountDoc"];

function State({ account }: { account: Account }) {
  if (account.disabled) return <span class="bad">{say(P.disabled)}</span>;
  return account.accepted ? <span class="good">{say(P.active)}</span> : <span class="warned">{say(P.invited)}</span>;
}

function Rows({ shown, areas, open }: { shown: readonly Account[]; areas: Areas; open: (account: Account) => void }) {
  return (
    <table>
      <thead>
        <tr><th>{say(P.staff)}</th><th>{say(P.roles)}</th><th>{say(P.state)}</th><th>{say(P.factor)}</th><th><span class="unseen">{say(S.edit)}</span></th></tr>
      </thead>
      <tbody>
        {shown.map((one) => (
          <tr key={one.staff} class={one.disabled ? "gone" : ""}>
            <td><strong>{one.staff}</strong></td>
            <td><Grants grants={one.roles} areas={areas} /></td>
            <td><State account={one} /></td>
            <td>{say(one.second_factor ? W.yes : W.no)}</td>
            <td class="number"><Button label={`${say(S.edit)}: ${one.staff}`} onClick={() => open(one)}>{say(S.edit)}</Button></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function List({ accounts, again }: { accounts: readonly Account[]; again: () => void }) {
  const areas = useAreas();
  const [wanted, setWanted] = useState("");
  const [opened, setOpened] = useState<string | null>(null);
  const [inviting, setInviting] = useState(false);
  const sorted = useMemo(() => [...accounts].sort((a, b) => collate(a.staff, b.staff)), [accounts]);
  const plain = wanted.trim().toLowerCase();
  const found = useMemo(() => sorted.filter((one) => one.staff.toLowerCase().includes(plain)), [sorted, plain]);
  const person = opened === null ? null : accounts.find((one) => one.staff === opened);
  return (
    <>
      <section>
        <div class="tools">
          <Input label={P.find} value={wanted} onValue={setWanted} type="search" autocomplete="off" />
          <span class="faint">{say(S.counted, { n: found.length, all: accounts.length })}</span>
          <span class="grow" />
          <Button kind="first" onClick={() => setInviting(true)}>{say(P.make)}</Button>
        </div>
        {found.length === 0 ? <Empty says={say(P.none)} /> : (
          <Long rows={found} of={`${say(S.people)} ${plain}`}>{(shown) => <Rows shown={shown} areas={areas} open={(one) => setOpened(one.staff)} />}</Long>
        )}
      </section>
      <WhatRolesMay />
      {inviting && <Invite areas={areas} close={() => setInviting(false)} made={again} />}
      {person && <Person key={person.staff} account={person} areas={areas} close={() => setOpened(null)} changed={again} />}
    </>
  );
}

export function PeoplePage() {
  const asked = useAsked(() => api.GET("/api/v1/accounts"));
  return <Shown asked={asked}>{(accounts) => <List accounts={accounts} again={asked.again} />}</Shown>;
}
