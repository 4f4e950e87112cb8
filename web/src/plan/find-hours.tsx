// Weights by hour: how much each band of hours counts, and from which calls it is known how demand spreads over them.
import { Button, Input, Select } from "../kit/controls";
import { WHAT_IF } from "../words/plan";
import { say } from "../words/say";
import { HOUR as H } from "../words/siting";
import { set, sources, wish, type Band } from "./wish";

const two = (hour: number): string => `${String(hour).padStart(2, "0")}:00`;
const hours = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => [String(from + at), two(from + at)] as const);

function Bands() {
  const { bands } = wish.value;
  const put = (index: number, part: Partial<Band>) => set({ bands: bands.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  return (
    <>
      {bands.map((band, index) => (
        <fieldset key={index}>
          <legend>{say(H.band, { n: index + 1 })}</legend>
          <div class="fields three">
            <Select label={H.from} value={String(band.from)} onValue={(from) => put(index, { from: Number(from) })} options={hours(0, 23)} />
            <Select label={H.until} value={String(band.until)} onValue={(until) => put(index, { until: Number(until) })} options={hours(0, 24)} />
            <Input label={H.times} type="number" min={0} max={100} value={String(band.times)} onValue={(times) => put(index, { times: Math.max(0, Math.round(Number(times)) || 0) })} />
          </div>
          {bands.length > 1 && <Button kind="plain" onClick={() => set({ bands: bands.filter((_, at) => at !== index) })}>{say(H.remove, { n: index + 1 })}</Button>}
        </fieldset>
      ))}
      <Button onClick={() => set({ bands: [...bands, { from: bands.at(-1)?.until ?? 0, until: ((bands.at(-1)?.until ?? 0) + 6) % 24, times: 1 }] })}>{say(H.add)}</Button>
    </>
  );
}

export function ByHour() {
  const of = wish.value;
  const known = sources.value;
  const days = known.find((one) => one.source === of.source)?.days ?? [];
  const choices = days.map((one) => [one.day, `${one.day} · ${say(WHAT_IF.calls, { n: one.calls })}`] as const);
  return (
    <details>
      <summary>{say(H.title)}</summary>
      {known.length === 0 ? <p class="faint">{say(H.none)}</p> : (
        <>
          <p class="faint">{say(H.why)}</p>
          <label class="check"><input type="checkbox" checked={of.byHour} onChange={(event) => set({ byHour: event.currentTarget.checked })} /> {say(H.on)}</label>
          {of.byHour && (
            <>
              <div class="fields">
                <Select label={H.source} value={of.source} onValue={(source) => set({ source, first: "", last: "" })} options={known.map((one) => [one.source, one.source === "record" ? say(WHAT_IF.record) : one.source] as const)} />
                <Select label={H.first} value={of.first || (days[0]?.day ?? "")} onValue={(first) => set({ first })} options={choices} />
                <Select label={H.last} value={of.last || (days.at(-1)?.day ?? "")} onValue={(last) => set({ last })} options={choices} />
              </div>
              <Bands />
              <p class="faint">{say(H.rest)}</p>
            </>
          )}
        </>
      )}
    </details>
  );
}
