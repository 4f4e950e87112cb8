// Breaking glass and mending it, and who has broken it.
import { signal } from "@preact/signals";
import { useState } from "preact/hooks";
import { api, outcome, persist, type Problem } from "../api/client";
import { Button, Fault, Field, Select } from "../kit/controls";
import { done } from "../kit/toasts";
import { recent } from "../live/board";
import { reasons, titleOf } from "../live/catalogue";
import { now, tick } from "../live/clock";
import { session } from "../live/session";
import { named, say } from "../words/say";
import { ACC, S } from "../words/settings";
import { dayTime } from "../words/time";
import { Sure } from "./long";

interface Broken { staff: string; reason: string; until: number }

/** One's own, known also where the board may not be seen. */
const own = signal<Broken | null>(null);

type Events = readonly Record<string, { staff?: string; reason?: string; until?: { wall?: number | string } }>[];

/** Who has broken glass, from what was told since the page was opened. */
function told(): Broken[] {
  const found = new Map<string, Broken>();
  for (const record of recent.value) {
    for (const event of record.events as unknown as Events) {
      const broken = event["glass_broken.1"];
      const wall = broken?.until?.wall;
      if (broken?.staff && wall !== undefined) {
        found.set(broken.staff, { staff: broken.staff, reason: broken.reason ?? "", until: new Date(wall).getTime() });
      }
      const mended = event["glass_mended.1"];
      if (mended?.staff) found.delete(mended.staff);
    }
  }
  void tick.value;
  return [...found.values()].filter((one) => one.until > now());
}

async function mend(staff: string): Promise<Problem | null> {
  const found = await outcome(api.POST("/api/v1/glass/{staff}/mend", {
    params: { path: { staff }, header: { "Idempotency-Key": crypto.randomUUID() } }, body: {},
  }));
  if (!found.ok) return found.problem;
  if (staff === session.value?.staff) own.value = null;
  done(say(ACC.mended));
  return null;
}

function Break({ told: tell }: { told: (problem: Problem | null) => void }) {
  const [reason, setReason] = useState("");
  const [minutes, setMinutes] = useState("60");
  const [sure, setSure] = useState(false);
  const smash = async () => {
    setSure(false);
    const lasts = Number(minutes) * 60_000;
    const found = await persist((key) => api.POST("/api/v1/glass", {
      params: { header: { "Idempotency-Key": key } }, body: { reason: reason.trim(), lasts_ms: lasts },
    }));
    tell(found.ok ? null : found.problem);
    if (!found.ok) return;
    own.value = { staff: session.value?.staff ?? "", reason, until: now() + lasts };
    done(say(ACC.brokenNow));
  };
  return (
    <>
      <form onSubmit={(event) => { event.preventDefault(); setSure(true); }}>
        <Field label={S.reason} hint={ACC.reasonHint}>
          {(field) => (
            <>
              <input {...field} value={reason} required pattern="[a-z0-9_]+" list="glass-reasons" autocomplete="off" onInput={(event) => setReason(event.currentTarget.value)} />
              <datalist id="glass-reasons">{reasons.value.map((one) => <option key={one.code} value={one.code}>{named(one.title)}</option>)}</datalist>
            </>
          )}
        </Field>
        <Select label={S.lasts} value={minutes} onValue={setMinutes} options={[15, 30, 60].map((n) => [String(n), say(ACC.minutes, { n })] as const)} />
        <div class="row"><Button type="submit" kind="grave">{say(ACC.break)}</Button></div>
      </form>
      {sure && <Sure says={say(ACC.glassHint)} act={say(ACC.break)} doIt={() => void smash()} close={() => setSure(false)} />}
    </>
  );
}

export function Glass() {
  const [problem, setProblem] = useState<Problem | null>(null);
  const mine = own.value && own.value.until > (void tick.value, now()) ? own.value : null;
  const others = told();
  return (
    <section>
      <h2>{say(ACC.glass)}</h2>
      <p class="muted">{say(ACC.glassHint)}</p>
      {mine ? (
        <div class="narrow">
          <p class="said">{say(ACC.broken, { at: dayTime(mine.until) })}</p>
          <div class="row"><Button onClick={() => void mend(mine.staff).then(setProblem)}>{say(ACC.mend)}</Button></div>
        </div>
      ) : <Break told={setProblem} />}
      {problem && <Fault problem={problem} />}
      <h3>{say(ACC.others)}</h3>
      {others.length === 0 && <p class="faint">{say(ACC.nobody)}</p>}
      <ul>
        {others.map((one) => (
          <li key={one.staff} class="row">
            <span>{say(ACC.row, { who: one.staff, reason: titleOf("reasons", one.reason), at: dayTime(one.until) })}</span>
            <Button onClick={() => void mend(one.staff).then(setProblem)}>{say(ACC.mend)}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
