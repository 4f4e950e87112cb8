// The editor of roles and where they hold, which says in words what each may do.
import { Button, Select } from "../kit/controls";
import type { Schemas } from "../api/client";
import { ROLE, W } from "../words/common";
import { oneOf, say } from "../words/say";
import { MAY, P, S } from "../words/settings";
import type { Areas } from "./places";

export type Grant = Schemas["RoleBody"];

const roleOptions = () => Object.keys(ROLE).map((role) => [role, oneOf(ROLE, role)] as const);

export function GrantsEditor({ grants, change, areas }: { grants: readonly Grant[]; change: (grants: Grant[]) => void; areas: Areas }) {
  const set = (index: number, part: Partial<Grant>) => change(grants.map((one, at) => (at === index ? { ...one, ...part } : one)));
  return (
    <div class="grants">
      {grants.length === 0 && <p class="muted">{say(P.noRoles)}</p>}
      <ul class="grants">
        {grants.map((grant, index) => (
          <li key={index}>
            <Select label={P.role} value={grant.role} onValue={(role) => set(index, { role })} options={roleOptions()} />
            <Select label={S.area} value={String(grant.area)} onValue={(area) => set(index, { area: Number(area) })} options={areas.options} />
            <Button icon kind="plain" label={`${say(W.remove)}: ${oneOf(ROLE, grant.role)}`} onClick={() => change(grants.filter((_, at) => at !== index))}>✕</Button>
            <p>{oneOf(MAY, grant.role)}</p>
          </li>
        ))}
      </ul>
      <div class="row"><Button onClick={() => change([...grants, { role: "dispatcher", area: 0 }])}>{say(P.addRole)}</Button></div>
    </div>
  );
}

/** Grants in a line. */
export function Grants({ grants, areas }: { grants: readonly Grant[]; areas: Areas }) {
  return <>{grants.map((grant) => `${oneOf(ROLE, grant.role)} (${areas.nameOf(grant.area)})`).join(", ") || say(W.none)}</>;
}

/** Every role in words. */
export function WhatRolesMay() {
  return (
    <section>
      <h2>{say(P.what)}</h2>
      <p class="faint">{say(P.whatHint)}</p>
      <dl class="said-of">
        {roleOptions().map(([role, title]) => (
          <>
            <dt>{title}</dt>
            <dd>{oneOf(MAY, role)}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}

