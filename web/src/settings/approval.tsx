// Who approves an order, in which role, and for how long it holds.
import { Input, Select } from "../kit/controls";
import type { Schemas } from "../api/client";
import { has, session } from "../live/session";
import { reasons } from "../live/catalogue";
import { ROLE } from "../words/common";
import { named, oneOf, say } from "../words/say";
import { S } from "../words/settings";

export interface Approval { approver: string; role: string; hours: number }

const ROLES = ["duty_officer", "commander"] as const;

/** Oneself, where one's own role is enough. */
export function usualApproval(): Approval {
  const role = has("commander") ? "commander" : "duty_officer";
  return { approver: has(...ROLES) ? (session.value?.staff ?? "") : "", role, hours: 8 };
}

export const approvalBody = ({ approver, role, hours }: Approval): Schemas["ApprovalBody"] => ({ approver: approver.trim(), role, lasts_ms: hours * 3_600_000 });

export function ApprovalFields({ value, change }: { value: Approval; change: (value: Approval) => void }) {
  return (
    <div class="fields">
      <Input label={S.approver} value={value.approver} onValue={(approver) => change({ ...value, approver })} required />
      <Select label={S.approverRole} value={value.role} onValue={(role) => change({ ...value, role })} options={ROLES.map((role) => [role, oneOf(ROLE, role)] as const)} />
      <Select label={S.lasts} value={String(value.hours)} onValue={(hours) => change({ ...value, hours: Number(hours) })}
        options={[1, 2, 4, 8, 12, 24, 48, 72].map((n) => [String(n), say(S.hours, { n })] as const)} />
    </div>
  );
}

export function ReasonField({ value, change }: { value: string; change: (value: string) => void }) {
  return <Select label={S.reason} value={value} onValue={change} options={reasons.value.map((one) => [one.code, named(one.title)] as const)} />;
}
