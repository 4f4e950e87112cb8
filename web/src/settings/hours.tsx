// The hours of a week at which a post is manned: 168 bits as the server wants them, chosen as one span a day.
import { useState } from "preact/hooks";
import { Select } from "../kit/controls";
import { DAYS, PO } from "../words/planning";
import { say } from "../words/say";

/** From an hour, to an hour; past midnight if the second is not after the first; none is closed. */
export type Span = readonly [from: number, to: number] | null;

/** 42 hexadecimal digits, Monday 00:00 the highest bit. What runs past Sunday's midnight is Monday's. */
export function hoursOf(spans: readonly Span[]): string {
  const bits = new Array<boolean>(168).fill(false);
  spans.forEach((span, day) => {
    if (!span) return;
    const [from, to] = span;
    const length = to > from ? to - from : 24 - from + to;
    for (let hour = 0; hour < length; hour += 1) bits[(day * 24 + from + hour) % 168] = true;
  });
  let hex = "";
  for (let at = 0; at < 168; at += 4) {
    hex += bits.slice(at, at + 4).reduce((sum, bit) => sum * 2 + Number(bit), 0).toString(16);
  }
  return hex;
}

const WHOLE: Span = [0, 24];
const two = (hour: number) => `${String(hour).padStart(2, "0")}:00`;
const hours = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => [String(from + at), two(from + at)] as const);

export function Hours({ change }: { change: (hours: string | null) => void }) {
  const [weekly, setWeekly] = useState(false);
  const [spans, setSpans] = useState<readonly Span[]>(() => DAYS.map(() => WHOLE));
  const set = (day: number, span: Span) => {
    const next = spans.map((one, at) => (at === day ? span : one));
    setSpans(next);
    change(hoursOf(next));
  };
  const choose = (value: string) => {
    setWeekly(value === "weekly");
    change(value === "weekly" ? hoursOf(spans) : null);
  };
  return (
    <>
      <Select label={PO.hours} hint={PO.hoursHint} value={weekly ? "weekly" : "always"} onValue={choose} options={[["always", say(PO.always)], ["weekly", say(PO.weekly)]]} />
      {weekly && (
        <table>
          <tbody>
            {spans.map((span, day) => {
              const name = say(DAYS[day] ?? DAYS[0]);
              return (
                <tr key={day}>
                  <td><label class="check"><input type="checkbox" checked={span !== null} onChange={(event) => set(day, event.currentTarget.checked ? WHOLE : null)} />{name}</label></td>
                  <td>{span && <Select label={`${name} ${say(PO.from)}`} value={String(span[0])} onValue={(from) => set(day, [Number(from), span[1]])} options={hours(0, 23)} />}</td>
                  <td>{span && <Select label={`${name} ${say(PO.to)}`} value={String(span[1])} onValue={(to) => set(day, [span[0], Number(to)])} options={hours(1, 24)} />}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </>
  );
}
