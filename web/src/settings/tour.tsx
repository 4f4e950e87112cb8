// One tour: who is on it, going on duty and off, doing without it.
import { useState } from "preact/hooks";
import { api } from "../api/client";
import type { Shift } from "../api/documents";
import { Button } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { reasons } from "../live/catalogue";
import { T } from "../words/planning";
import { language, say } from "../words/say";
import { dayTime } from "../words/time";
import { ReasonField } from "./approval";
import { Saved, useSaving } from "./asked";

export function TourSheet({ tour, unit, close, changed }: { tour: Shift; unit: string; close: () => void; changed: () => void }) {
  const saving = useSaving(() => { changed(); close(); });
  const [doing, setDoing] = useState(false);
  const [reason, setReason] = useState(reasons.value[0]?.code ?? "");
  const params = () => ({ path: { shift: tour.shift }, header: { "Idempotency-Key": crypto.randomUUID() } });
  const start = () => void saving.run((headers) => api.POST("/api/v1/shifts/{shift}/start", { params: params(), headers, body: {} }), null, say(T.done));
  const end = () => void saving.run((headers) => api.POST("/api/v1/shifts/{shift}/end", { params: params(), headers, body: {} }), null, say(T.done));
  const cancel = () => void saving.run((headers) => api.POST("/api/v1/shifts/{shift}/cancel", { params: params(), headers, body: { reason } }), null, say(T.done));
  return (
    <Dialog title={say(T.open, { unit })} close={close}>
      <dl class="said-of">
        <dt>{say(T.starts)}</dt>
        <dd>{dayTime(tour.starts)}</dd>
        <dt>{say(T.ends)}</dt>
        <dd>{dayTime(tour.ends)}</dd>
        <dt>{say(T.crew)}</dt>
        <dd>{tour.members.map((one) => one.staff).join(language.value === "zh" ? "、" : ", ")}</dd>
      </dl>
      <p class={tour.began ? "good" : "muted"}>{tour.began ? say(T.on, { at: dayTime(tour.began) }) : say(T.planned)}</p>
      {doing && <ReasonField value={reason} change={setReason} />}
      <Saved saving={saving} theirs={changed} />
      <footer>
        {!tour.began && !doing && <Button onClick={() => setDoing(true)}>{say(T.cancel)}</Button>}
        {!tour.began && doing && <Button kind="grave" onClick={cancel}>{say(T.cancel)}</Button>}
        {tour.began ? <Button kind="grave" onClick={end}>{say(T.end)}</Button> : !doing && <Button kind="first" onClick={start}>{say(T.start)}</Button>}
      </footer>
    </Dialog>
  );
}
