// Marks for priority and status. Each has a shape or a number of its own, so that colour is never all there is to tell them by.
import type { UnitStatus } from "../api/documents";
import { PRIORITY, STATUS } from "../words/common";
import { oneOf, say, type Pair } from "../words/say";

export function Priority({ value }: { value: number }) {
  const says = (PRIORITY as Record<number, Pair>)[value];
  const label = says ? say(says) : String(value);
  return <span class={`priority p${value}`} role="img" aria-label={label} title={label}>{value}</span>;
}

/** The same shapes as on the map: disc, ring, ring with a point, arrow, square, diamond, cross. */
const SHAPES: Record<UnitStatus, preact.JSX.Element> = {
  available: <circle cx="6" cy="6" r="5" fill="currentColor" />,
  dispatched: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="2" />,
  acknowledged: (
    <>
      <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" stroke-width="1.6" />
      <circle cx="6" cy="6" r="2" fill="currentColor" />
    </>
  ),
  en_route: <path d="M6 .5 11.5 11 6 8.4.5 11Z" fill="currentColor" />,
  on_scene: <rect x="1" y="1" width="10" height="10" fill="currentColor" />,
  transporting: <path d="M6 0 12 6 6 12 0 6Z" fill="currentColor" />,
  out: <path d="M2 2 10 10M10 2 2 10" stroke="currentColor" stroke-width="2.4" />,
  off_duty: <path d="M1 6H11" stroke="currentColor" stroke-width="2" />,
};

export function StatusMark({ status }: { status: UnitStatus }) {
  return (
    <svg class={`status-mark ${status}`} viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[status]}
    </svg>
  );
}

export function Status({ status }: { status: UnitStatus }) {
  return (
    <span class="status">
      <StatusMark status={status} /> {oneOf(STATUS, status)}
    </span>
  );
}
