// How a run stands: what it does, what it has, and the gap as it falls.
import { Button, Fault } from "../kit/controls";
import { RUN, RUN_STATUS } from "../words/plan";
import { number, oneOf, percent, say } from "../words/say";
import { duration } from "../words/time";
import type { Followed } from "./runs";

/** A gap in parts of a million, as a share: exact to what is shown, and zero only where it is zero. */
export const gapSays = (ppm: number): string => (ppm === 0 ? percent(0) : ppm < 100 ? `< ${percent(0.0001, 2)}` : percent(ppm / 1_000_000, 2));

function Falling({ gaps }: { gaps: readonly number[] }) {
  if (gaps.length < 3) return null;
  const most = Math.max(...gaps, 1);
  const points = gaps.map((gap, index) => `${(index / (gaps.length - 1)) * 100},${30 - (gap / most) * 28}`).join(" ");
  return <svg class="falling" viewBox="0 0 100 30" preserveAspectRatio="none" role="img" aria-label={say(RUN.falling)}><polyline points={points} /></svg>;
}

export function Progress<T>({ of }: { of: Followed<T> }) {
  const run = of.run.value;
  if (of.problem.value && !run) return <Fault problem={of.problem.value} />;
  if (!run) return null;
  const going = run.status === "waiting" || run.status === "running";
  return (
    <div class="run" role="status">
      <p>
        <strong>{oneOf(RUN_STATUS, run.status)}</strong> · {duration(run.ran_ms)}
        {run.gap_ppm != null && <> · {say(RUN.gap, { gap: gapSays(run.gap_ppm) })}</>}
        {run.share != null && <> · {percent(run.share / 10_000)}</>}
      </p>
      {run.objective != null && run.bound != null && <p class="faint">{say(RUN.between, { best: number(run.objective), bound: number(run.bound) })}</p>}
      {run.share != null && <progress max={10_000} value={run.share} aria-label={say(RUN.share)} />}
      <Falling gaps={of.gaps.value} />
      {run.detail && <p class="state">{run.detail}</p>}
      {going && <Button onClick={() => of.cancel()}>{say(RUN.cancel)}</Button>}
    </div>
  );
}
