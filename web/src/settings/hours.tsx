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

/** The runs of hours that are chosen, round the week: where each begins, and how long it is. */
function runs(bits: readonly boolean[]): [begin: number, length: number][] {
  const first = bits.indexOf(false);
  if (first < 0) return [[0, 168]];
  const found: [number, number][] = [];
  for (let step = 1; step <= 168; step += 1) {
    const at = (first + step) % 168;
    if (!bits[at]) continue;
    const last = found.at(-1);
    if (last && (last[0] + last[1]) % 168 === at) last[1] += 1;
    else found.push([at, 1]);
  }
  return found;
}

/** The spans that make such hours, if one a day does. */
export function spansOf(hex: string): Span[] | null {
  const bits = [...hex].flatMap((digit) => [8, 4, 2, 1].map((bit) => (Number.parseInt(digit, 16) & bit) !== 0));
  const spans: Span[] = DAYS.map(() => null);
  for (const [begin, length] of runs(bits)) {
    let [at, left] = [begin, length];
    while (left > 0) {
      const [day, hour] = [Math.floor(at / 24) % 7, at % 24];
      if (spans[day]) return null;
      const rest = hour + left - 24;
      const taken = rest <= 0 || (hour > 0 && rest <= hour) ? left : 24 - hour;
      spans[day] = [hour, taken === left && rest > 0 ? rest : hour + taken];
      [at, left] = [(at + taken) % 168, left - taken];
    }
  }
  return hoursOf(spans) === hex ? spans : null;
}

/** How many hours of the week. */
export const countOf = (hex: string): number => [...hex].reduce((sum, digit) => sum + [8, 4, 2, 1].filter((bit) => Number.parseInt(digit, 16) & bit).length, 0);

const two = (hour: number) => `${String(hour).padStart(2, "0")}:00`;
const hours = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => [String(from + at), two(from + at)] as const);

type Choice = "always" | "weekly" | "kept";

/** `known` are the hours that hold now; such as are no span a day are shown as they are, and kept until others are chosen. */
export function Hours({ known, change }: { known: string | null; change: (hours: string | null) => void }) {
  const [parsed] = useState(() => (known ? spansOf(known) : null));
  const [choice, setChoice] = useState<Choice>(known ? (parsed ? "weekly" : "kept") : "always");
  const weekly = choice === "weekly";
  const [spans, setSpans] = useState<readonly Span[]>(() => parsed ?? DAYS.map(() => WHOLE));
  const set = (day: number, span: Span) => {
    const next = spans.map((one, at) => (at === day ? span : one));
    setSpans(next);
    change(hoursOf(next));
  };
  const choose = (value: string) => {
    setChoice(value as Choice);
    change(value === "weekly" ? hoursOf(spans) : value === "kept" ? known : null);
  };
  return (
    <>
      <Select label={PO.hours} value={choice} onValue={choose} options={[
        ["always", say(PO.always)], ["weekly", say(PO.weekly)], ...(known && !parsed ? [["kept", say(PO.hoursKept, { n: countOf(known) })] as const] : []),
      ]} />
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
