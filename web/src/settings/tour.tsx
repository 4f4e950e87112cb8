// One tour: who is on it, going on duty and off, doing without it.
import { api } from "../api/client";
import type { Shift } from "../api/documents";
import { Button } from "../kit/controls";
import { Dialog } from "../kit/dialog";
import { T } from "../words/planning";
import { language, say } from "../words/say";
import { dayTime } from "../words/time";
import { Saved, useSaving } from "./asked";

export function TourSheet({ tour, unit, close, changed }: { tour: Shift; unit: string; close: () => void; changed: () => void }) {
  const saving = useSaving(() => { changed(); close(); });
  const common = () => ({ params: { path: { shift: tour.shift }, header: { "Idempotency-Key": crypto.randomUUID() } }, body: {} });
  const act = (door: "start" | "end" | "cancel") =>
    void saving.run((headers) => api.POST(`/api/v1/shifts/{shift}/${door}`, { ...common(), headers }), null, say(T.done));
  return (
    <Dialog title={say(T.open, { unit })} close={close}>
      <dl class="said-of">
        <dt>{say(T.starts)}</dt>
        <dd>{dayTime(tour.starts)}</dd>
        <dt>{say(T.ends)}</dt>
        <dd>{dayTime(tour.ends)}</dd>
        <dt>{say(T.members)}</dt>
        <dd>{tour.members.map((one) => one.staff).join(language.value === "zh" ? "、" : ", ")}</dd>
      </dl>
      <p class={tour.began ? "good" : "muted"}>{tour.began ? say(T.on, { at: dayTime(tour.began) }) : say(T.planned)}</p>
      <Saved saving={saving} theirs={changed} />
      <footer>
        {!tour.began && <Button kind="grave" onClick={() => act("cancel")}>{say(T.cancel)}</Button>}
        {tour.began ? <Button kind="grave" onClick={() => act("end")}>{say(T.end)}</Button> : <Button kind="first" onClick={() => act("start")}>{say(T.start)}</Button>}
      </footer>
    </Dialog>
  );
}
