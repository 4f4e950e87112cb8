// An area as it is described, and ordering a duty level in it.
import { useState } from "preact/hooks";
import { api, type Schemas } from "../api/client";
import type { Area } from "../api/documents";
import { Button, Input, Select } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { grades, reasons } from "../live/catalogue";
import { W } from "../words/common";
import { A } from "../words/planning";
import { CAT } from "../words/catalogue";
import { named, say, type Pair } from "../words/say";
import { S } from "../words/settings";
import { ApprovalFields, approvalBody, ReasonField, usualApproval } from "./approval";
import { Saved, useSaving } from "./asked";

export const DUTY = { l1: A.l1, l2: A.l2, l3: A.l3 } satisfies Record<string, Pair>;

export const minutes = (ms: number): string => String(ms / 60_000);

interface Props { area: Area; name: string; tag: string | null; close: () => void; saved: () => void }

export function AreaForm({ area, name, tag, close, saved }: Props) {
  const [form, setForm] = useState({ en: area.name.en ?? "", zh: area.name.zh ?? "", grade: area.grade ?? "" });
  const [own, setOwn] = useState(false);
  const [reach, setReach] = useState((area.reach_ms ?? [60_000, 180_000, 300_000]).map(minutes));
  const saving = useSaving(() => { saved(); close(); });
  const times = reach.map((one) => Math.round(Number(one) * 60_000));
  const [near = 0, middle = 0, far = 0] = times;
  const rises = 0 < near && near < middle && middle < far;
  const submit = (event: Event) => {
    event.preventDefault();
    const params = { path: { area: area.area }, header: { "Idempotency-Key": crypto.randomUUID() } };
    const body: Schemas["AreaBody"] = {
      name: { en: form.en, zh: form.zh }, grade: form.grade || null, level: area.level, parent: area.parent ?? null, reach_ms: own ? times : null,
    };
    void saving.run((headers) => api.PUT("/api/v1/areas/{area}", { params, headers, body }), tag, say(S.saved));
  };
  return (
    <Dialog title={name} close={close}>
      <form class="factor" onSubmit={submit}>
        <Input label={S.nameEn} value={form.en} onValue={(en) => setForm({ ...form, en })} autofocus />
        <Input label={S.nameZh} value={form.zh} onValue={(zh) => setForm({ ...form, zh })} wrong={form.en || form.zh ? null : say(S.nameNeeded)} />
        <Select label={A.grade} value={form.grade} onValue={(grade) => setForm({ ...form, grade })} options={[["", say(A.noGrade)], ...grades.value.map((one) => [one.code, named(one.title)] as const)]} />
        <label class="check"><input type="checkbox" checked={own} onChange={(event) => setOwn(event.currentTarget.checked)} />{say(A.own)}</label>
        <p class="faint">{say(A.ofGrade)}</p>
        {own && (
          <div class="fields">
            {[CAT.reach1, CAT.reach3, CAT.reach5].map((label, at) => (
              <Input key={at} label={label} value={reach[at] ?? ""} onValue={(value) => setReach(reach.map((one, index) => (index === at ? value : one)))}
                wrong={at === 2 && !rises ? say(CAT.rising) : null} inputmode="numeric" required />
            ))}
          </div>
        )}
        <Saved saving={saving} theirs={() => { saved(); close(); }} />
        <footer>
          <Button onClick={close}>{say(W.cancel)}</Button>
          <Button type="submit" kind="first" disabled={saving.busy || !(form.en || form.zh) || (own && !rises)}>{say(W.save)}</Button>
        </footer>
      </form>
    </Dialog>
  );
}

export function DutyOrder({ area, name, close, saved }: Omit<Props, "tag">) {
  const [level, setLevel] = useState(area.duty_level);
  const [reason, setReason] = useState(reasons.value[0]?.code ?? "");
  const [approval, setApproval] = useState(usualApproval);
  const saving = useSaving(() => { saved(); close(); });
  const submit = (event: Event) => {
    event.preventDefault();
    const params = { path: { area: area.area }, header: { "Idempotency-Key": crypto.randomUUID() } };
    const says = say(A.ordered, { area: name, level: level.toUpperCase() });
    void saving.run((headers) => api.POST("/api/v1/areas/{area}/duty-level", { params, headers, body: { level, reason, approval: approvalBody(approval) } }), null, says);
  };
  return (
    <Dialog title={say(A.orderOf, { area: name })} close={close}>
      <form class="factor" onSubmit={submit}>
        <Select label={A.duty} value={level} onValue={setLevel} options={Object.entries(DUTY).map(([code, says]) => [code, say(says)] as const)} />
        <ReasonField value={reason} change={setReason} />
        <ApprovalFields value={approval} change={setApproval} />
        <Saved saving={saving} theirs={saved} />
        <footer>
          <Button onClick={close}>{say(W.cancel)}</Button>
          <Button type="submit" kind="first" disabled={saving.busy}>{say(A.order)}</Button>
        </footer>
      </form>
    </Dialog>
  );
}
