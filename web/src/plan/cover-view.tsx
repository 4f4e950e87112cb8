// What a draft covers, in figures: shares within each time against today, by hour, by area, who gains and who loses.
import { areas } from "../live/board";
import { Empty } from "../kit/controls";
import { PLAN_POSTS as P } from "../words/plan";
import { named, percent, say } from "../words/say";
import { cover, draft, hour, type Cover } from "./draft";

const part = (value: number | undefined): string => percent((value ?? 0) / 10_000, 1);

/** A change of a share, with its sign; nothing where there is none. */
function Change({ before, after }: { before: number | undefined; after: number | undefined }) {
  const by = (after ?? 0) - (before ?? 0);
  if (before === undefined || by === 0) return <td class="faint">—</td>;
  return <td class={by > 0 ? "gain" : "loss"}>{by > 0 ? "+" : "−"}{percent(Math.abs(by) / 10_000, 1)}</td>;
}

export function CoverTable({ found }: { found: Cover }) {
  const { change } = found;
  return (
    <table class="cover-table">
      <thead><tr><th scope="col">{say(P.within)}</th>{change && <th scope="col">{say(P.todayShort)}</th>}<th scope="col">{say(P.draft)}</th>{change && <th scope="col">{say(P.changes)}</th>}<th scope="col">{say(P.twice)}</th></tr></thead>
      <tbody>
        {found.minutes.map((minute, index) => (
          <tr key={minute}>
            <th scope="row"><span class={`swatch band-${index}`} /> {say(P.minute, { n: minute })}</th>
            {change && <td>{part(change.before[index])}</td>}
            <td><strong>{part(found.within[index])}</strong></td>
            {change && <Change before={change.before[index]} after={found.within[index]} />}
            <td class="faint">{part(found.twice[index])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const HOURS = 168;

/** Which of the 168 hours a mask of 42 hexadecimal digits has: Monday 00:00 is its highest bit. */
function hasHour(mask: string, at: number): boolean {
  const digit = Number.parseInt(mask[Math.floor(at / 4)] ?? "0", 16);
  return ((digit >> (3 - (at % 4))) & 1) === 1;
}

/** Cover over the week, one line for each time. */
export function Week({ found }: { found: Cover }) {
  if (found.hours.length < 2) return null;
  const at = (index: number, band: number) => found.hours.find((one) => hasHour(one.hours, index))?.within[band] ?? 0;
  const line = (band: number) => Array.from({ length: HOURS }, (_, index) => `${index},${100 - at(index, band) / 100} ${index + 1},${100 - at(index, band) / 100}`).join(" ");
  return (
    <figure class="week">
      <figcaption>{say(P.overWeek)}</figcaption>
      <svg viewBox={`0 0 ${HOURS} 100`} preserveAspectRatio="none" role="img" aria-label={say(P.overWeek)}>
        {[1, 2, 3, 4, 5, 6].map((day) => <line key={day} x1={day * 24} x2={day * 24} y1="0" y2="100" class="grid" />)}
        {found.minutes.map((minute, band) => <polyline key={minute} points={line(band)} class={`band-${band}`} />)}
        {hour.value !== null && <rect x={hour.value} width="1" y="0" height="100" class="now" />}
      </svg>
    </figure>
  );
}

function Areas({ found }: { found: Cover }) {
  const changed = found.change?.areas ?? [];
  const last = found.minutes.length - 1;
  const rows = changed.length > 0 ? changed.map((one) => ({ area: one.area, before: one.before, after: one.after })) : found.areas.map((one) => ({ area: one.area, before: undefined, after: one.within }));
  if (rows.length === 0) return null;
  return (
    <table class="cover-table">
      <thead><tr><th scope="col">{say(P.area)}</th>{found.minutes.map((minute) => <th key={minute} scope="col">{say(P.minute, { n: minute })}</th>)}{changed.length > 0 && <th scope="col">{say(P.changesIn, { n: found.minutes[last] ?? 0 })}</th>}</tr></thead>
      <tbody>
        {rows.slice(0, 12).map((row) => (
          <tr key={row.area}>
            <th scope="row" class="clip">{named(areas.value.get(row.area)?.name)}</th>
            {row.after.map((share, index) => <td key={index}>{part(share)}</td>)}
            {changed.length > 0 && <Change before={row.before?.[last]} after={row.after[last]} />}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function CoverView() {
  const found = cover.value;
  if (!found) return null;
  if (draft.value.length === 0) return <Empty says={say(P.noPosts)} hint={say(P.noPostsHint)} />;
  if (found.demand === 0) return <Empty says={say(P.noDemand)} hint={say(P.noDemandHint)} />;
  return (
    <>
      <CoverTable found={found} />
      {found.change && <p class="muted">{say(P.gains, { gain: part(found.change.gains), loss: part(found.change.loses) })}</p>}
      <Week found={found} />
      <Areas found={found} />
    </>
  );
}
