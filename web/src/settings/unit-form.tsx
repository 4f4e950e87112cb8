// A unit as it is described: a new one, one that is there, or one that is lent.
import { useState } from "preact/hooks";
import { api } from "../api/client";
import type { Post, Unit } from "../api/documents";
import { Button, Input, Select } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { collate } from "../live/board";
import { capabilities, forces } from "../live/catalogue";
import { VEHICLE, W } from "../words/common";
import { U } from "../words/planning";
import { named, oneOf, say } from "../words/say";
import { S } from "../words/settings";
import { ApprovalFields, approvalBody, usualApproval } from "./approval";
import { Saved, useSaving } from "./asked";
import type { Areas } from "./places";

export interface UnitFormProps {
  unit: Unit | null;
  /** The number of a new one. */
  number: number;
  lent?: boolean;
  tag: string | null;
  areas: Areas;
  posts: readonly Post[];
  close: () => void;
  saved: () => void;
}

export const staffOf = (text: string): string[] => text.split(/[,，、\s]+/).filter(Boolean);

function Capabilities({ chosen, change }: { chosen: readonly string[]; change: (chosen: string[]) => void }) {
  const all = [...capabilities.value.map((one) => one.code), ...chosen.filter((code) => !capabilities.value.some((one) => one.code === code))];
  return (
    <fieldset class="checks">
      <legend>{say(U.can)}</legend>
      {all.length === 0 && <span class="faint">{say(U.noCapabilities)}</span>}
      {all.map((code) => (
        <label key={code} class="check">
          <input type="checkbox" checked={chosen.includes(code)} onChange={() => change(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code])} />
          {named(capabilities.value.find((one) => one.code === code)?.title) || code}
        </label>
      ))}
    </fieldset>
  );
}

export function UnitForm({ unit, number, lent, tag, areas, posts, close, saved }: UnitFormProps) {
  const known = unit?.members ?? [];
  const [form, setForm] = useState({
    call_sign: unit?.call_sign ?? "", force: unit?.force ?? "police", area: unit?.area ?? 0, vehicle: unit?.vehicle ?? "car",
    home: unit?.home ?? null, capabilities: unit?.capabilities ?? [], members: known.map((one) => one.staff).join(", "),
  });
  const [approval, setApproval] = useState(usualApproval);
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const saving = useSaving(() => { saved(); close(); });
  const { members, home, ...common } = form;
  const params = { path: { unit: unit?.unit ?? number }, header: { "Idempotency-Key": crypto.randomUUID() } };
  const submit = (event: Event) => {
    event.preventDefault();
    const crew = staffOf(members).map((staff) => known.find((one) => one.staff === staff) ?? { staff, force: form.force });
    if (lent) void saving.run((headers) => api.POST("/api/v1/units/{unit}/aid", { params, headers, body: { ...common, approval: approvalBody(approval) } }), null, say(S.saved));
    else void saving.run((headers) => api.PUT("/api/v1/units/{unit}", { params, headers, body: { ...common, home, members: crew } }), tag, say(S.saved));
  };
  const homes = [...posts].map((post) => [String(post.post), named(post.name) || String(post.post)] as const).sort((a, b) => collate(a[1], b[1]));
  return (
    <Dialog title={unit ? unit.call_sign : say(lent ? U.lend : U.add)} close={close} wide>
      <form class="factor" onSubmit={submit}>
        {lent && <p class="muted">{say(U.lendHint)}</p>}
        <div class="fields">
          <Input label={U.callSign} value={form.call_sign} onValue={(call_sign) => set({ call_sign })} required autofocus />
          <Select label={U.force} value={form.force} onValue={(force) => set({ force })} options={forces.value.map((one) => [one.code, named(one.title)] as const)} />
          <Select label={U.area} value={String(form.area)} onValue={(area) => set({ area: Number(area) })} options={areas.options} />
          <Select label={U.vehicle} value={form.vehicle} onValue={(vehicle) => set({ vehicle })} options={Object.keys(VEHICLE).map((one) => [one, oneOf(VEHICLE, one)] as const)} />
          {!lent && <Select label={U.home} value={home === null ? "" : String(home)} onValue={(post) => set({ home: post ? Number(post) : null })} options={[["", say(U.noHome)], ...homes]} />}
        </div>
        <Capabilities chosen={form.capabilities} change={(chosen) => set({ capabilities: chosen })} />
        {lent ? <ApprovalFields value={approval} change={setApproval} /> : <Input label={U.members} hint={U.membersHint} value={members} onValue={(value) => set({ members: value })} />}
        <Saved saving={saving} theirs={() => { saved(); close(); }} />
        <footer>
          <Button onClick={close}>{say(W.cancel)}</Button>
          <Button type="submit" kind="first" disabled={saving.busy}>{say(W.save)}</Button>
        </footer>
      </form>
    </Dialog>
  );
}
