// A post as it is described, and ordering it open, reinforced or closed.
import { useState } from "preact/hooks";
import { api } from "../api/client";
import type { Post } from "../api/documents";
import { Button, Input, Select } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { reasons } from "../live/catalogue";
import { POST_KIND, POST_STATE, W } from "../words/common";
import { PO } from "../words/planning";
import { named, oneOf, say } from "../words/say";
import { S } from "../words/settings";
import { ApprovalFields, approvalBody, ReasonField, usualApproval } from "./approval";
import { Saved, useSaving } from "./asked";
import { Hours } from "./hours";
import type { Areas } from "./places";

interface FormProps { post: Post | null; number: number; tag: string | null; areas: Areas; close: () => void; saved: () => void }

function place(lon: string, lat: string): [number, number] | null {
  const [x, y] = [Number(lon), Number(lat)];
  return lon.trim() && lat.trim() && Math.abs(x) <= 180 && Math.abs(y) <= 90 ? [x, y] : null;
}

export function PostForm({ post, number, tag, areas, close, saved }: FormProps) {
  const [form, setForm] = useState({ en: post?.name.en ?? "", zh: post?.name.zh ?? "", kind: post?.kind ?? "police_station", level: post?.level ?? 2, area: post?.area ?? 0 });
  const [lon, setLon] = useState(String(post?.at[0] ?? ""));
  const [lat, setLat] = useState(String(post?.at[1] ?? ""));
  const [hours, setHours] = useState<string | null>(post?.hours ?? null);
  const set = (part: Partial<typeof form>) => setForm({ ...form, ...part });
  const saving = useSaving(() => { saved(); close(); });
  const at = place(lon, lat);
  const submit = (event: Event) => {
    event.preventDefault();
    if (!at) return;
    const { en, zh, ...rest } = form;
    const params = { path: { post: post?.post ?? number }, header: { "Idempotency-Key": crypto.randomUUID() } };
    void saving.run((headers) => api.PUT("/api/v1/posts/{post}", { params, headers, body: { ...rest, at, hours, name: { en, zh } } }), tag, say(S.saved));
  };
  const wrongPlace = (lon || lat) && !at ? say(PO.badPlace) : null;
  return (
    <Dialog title={post ? named(post.name) : say(PO.add)} close={close} wide>
      <form class="factor" onSubmit={submit}>
        <div class="fields">
          <Input label={S.nameEn} value={form.en} onValue={(en) => set({ en })} autofocus />
          <Input label={S.nameZh} value={form.zh} onValue={(zh) => set({ zh })} wrong={form.en || form.zh ? null : say(S.nameNeeded)} />
          <Select label={PO.kind} value={form.kind} onValue={(kind) => set({ kind })} options={Object.keys(POST_KIND).map((one) => [one, oneOf(POST_KIND, one)] as const)} />
          <Select label={PO.level} value={String(form.level)} onValue={(level) => set({ level: Number(level) })} options={[["1", "1"], ["2", "2"], ["3", "3"]]} />
          <Select label={S.area} value={String(form.area)} onValue={(area) => set({ area: Number(area) })} options={areas.options} />
          <Input label={PO.lon} value={lon} onValue={setLon} wrong={wrongPlace} inputmode="text" required />
          <Input label={PO.lat} value={lat} onValue={setLat} inputmode="text" required />
        </div>
        <Hours known={post?.hours ?? null} change={setHours} />
        <Saved saving={saving} theirs={() => { saved(); close(); }} />
        <footer>
          <Button onClick={close}>{say(W.cancel)}</Button>
          <Button type="submit" kind="first" disabled={saving.busy || !at || !(form.en || form.zh)}>{say(W.save)}</Button>
        </footer>
      </form>
    </Dialog>
  );
}

export function PostOrder({ post, close, saved }: { post: Post; close: () => void; saved: () => void }) {
  const [to, setTo] = useState(post.state === "open" ? "reinforced" : "open");
  const [reason, setReason] = useState(reasons.value[0]?.code ?? "");
  const [approval, setApproval] = useState(usualApproval);
  const saving = useSaving(() => { saved(); close(); });
  const name = named(post.name);
  const submit = (event: Event) => {
    event.preventDefault();
    const params = { path: { post: post.post }, header: { "Idempotency-Key": crypto.randomUUID() } };
    const body = { to, reason, approval: to === "open" ? null : approvalBody(approval) };
    void saving.run((headers) => api.POST("/api/v1/posts/{post}/state", { params, headers, body }), null, say(PO.ordered, { post: name, state: oneOf(POST_STATE, to) }));
  };
  return (
    <Dialog title={say(PO.orderOf, { post: name })} close={close}>
      <form class="factor" onSubmit={submit}>
        <Select label={PO.toState} value={to} onValue={setTo} options={Object.keys(POST_STATE).map((one) => [one, oneOf(POST_STATE, one)] as const)} />
        <ReasonField value={reason} change={setReason} />
        {to !== "open" && <ApprovalFields value={approval} change={setApproval} />}
        <Saved saving={saving} theirs={saved} />
        <footer>
          <Button onClick={close}>{say(W.cancel)}</Button>
          <Button type="submit" kind="first" disabled={saving.busy}>{say(PO.order)}</Button>
        </footer>
      </form>
    </Dialog>
  );
}
