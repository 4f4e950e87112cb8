// Review: the whole console at a past moment, with a line of time at its foot. It can be played; it changes nothing.
import { useEffect } from "preact/hooks";
import { listen } from "../app/keys";
import { go, url } from "../app/where";
import { Button, Empty, Fault } from "../kit/controls";
import { Operate } from "../operate/operate";
import { REVIEW } from "../words/review";
import { number, say } from "../words/say";
import { dayTime, shortTime } from "../words/time";
import { detailOf } from "../words/told";
import { enter, leave, pace, PACES, show, shown, span, standsOn, trouble, type Span } from "./past";
import "./review.css";

const MINUTE = 60_000;

const ends = (found: Span): [number, number] => [Date.parse(found.first?.at ?? found.begins), Date.parse(found.last?.at ?? found.begins)];

function move(by: number): void {
  const found = span.value;
  if (!found || shown.value === null) return;
  const [first, last] = ends(found);
  void show(Math.max(first, Math.min(last, shown.value + by)));
}

function toggle(): void {
  pace.value = pace.value === 0 ? PACES[2] : 0;
}

function change(by: 1 | -1): void {
  const at = PACES.indexOf(pace.value as (typeof PACES)[number]);
  pace.value = PACES[Math.max(0, Math.min(PACES.length - 1, (at < 0 ? 2 : at) + by))] ?? PACES[0];
}

/** How much was recorded when, behind the line of time. */
function Bars({ found }: { found: Span }) {
  const [first, last] = ends(found);
  const most = Math.max(1, ...found.counts);
  const begins = Date.parse(found.begins);
  const x = (at: number) => ((at - first) / Math.max(1, last - first)) * 1000;
  return (
    <svg class="bars" viewBox="0 0 1000 30" preserveAspectRatio="none" aria-hidden="true">
      {found.counts.map((count, index) => {
        const [from, to] = [x(begins + index * found.bar_ms), x(begins + (index + 1) * found.bar_ms)];
        const height = (count / most) * 28;
        return count > 0 && <rect key={index} x={Math.max(0, from)} width={Math.max(0.5, to - Math.max(0, from) - 0.5)} y={30 - height} height={height} />;
      })}
    </svg>
  );
}

function TimeLine({ found }: { found: Span }) {
  const [first, last] = ends(found);
  const at = shown.value ?? last;
  return (
    <div class="time-line">
      <Bars found={found} />
      <input
        type="range" min={first} max={last} step={1000} value={at} aria-label={say(REVIEW.moment)} aria-valuetext={dayTime(at)}
        onInput={(event) => {
          pace.value = 0;
          void show(Number(event.currentTarget.value));
        }}
      />
      <span class="ends faint"><span>{dayTime(first)}</span><span>{shortTime(last)}</span></span>
    </div>
  );
}

function Foot() {
  const found = span.value;
  if (!found) return <footer class="foot review-foot">{trouble.value && <Fault problem={trouble.value} />}</footer>;
  if (!found.last) return <footer class="foot review-foot"><Empty says={say(REVIEW.noRecord)} /></footer>;
  return (
    <footer class="foot review-foot">
      <Button kind="first" press=" " onClick={toggle}>{say(pace.value === 0 ? REVIEW.play : REVIEW.pause)}</Button>
      <div class="paces" role="group">
        {PACES.map((each) => <Button key={each} pressed={pace.value === each} onClick={() => (pace.value = each)}>{say(REVIEW.pace, { n: each })}</Button>)}
      </div>
      <TimeLine found={found} />
      {trouble.value && <span class="wrong" role="alert">{detailOf(trouble.value)}</span>}
      {standsOn.value && <span class="faint mono" title={say(REVIEW.hash, { hash: standsOn.value.hash })}>{say(REVIEW.standsOn, { seq: number(standsOn.value.seq) })}</span>}
      <Button onClick={() => go("/")}>{say(REVIEW.leave)}</Button>
    </footer>
  );
}

export function Review() {
  useEffect(() => {
    const at = Date.parse(url.value.searchParams.get("at") ?? "");
    void enter(Number.isNaN(at) ? null : at);
    const forget = listen(REVIEW.review, [
      { press: " ", says: REVIEW.play, run: toggle },
      { press: "]", says: REVIEW.faster, run: () => change(1) },
      { press: "[", says: REVIEW.slower, run: () => change(-1) },
      { press: "ArrowLeft", says: REVIEW.back, run: () => move(-MINUTE) },
      { press: "ArrowRight", says: REVIEW.forth, run: () => move(MINUTE) },
      { press: "shift+ArrowLeft", says: REVIEW.back10, run: () => move(-10 * MINUTE) },
      { press: "shift+ArrowRight", says: REVIEW.forth10, run: () => move(10 * MINUTE) },
    ]);
    return () => {
      forget();
      leave();
    };
  }, []);
  return <Operate foot={<Foot />} />;
}
