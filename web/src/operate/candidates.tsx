// Whom to send: the units compared by road time, why, and one key for each.
import { useEffect, useRef, useState } from "preact/hooks";
import type { Problem } from "../api/client";
import type { Candidate, Recommendation } from "../api/documents";
import { listen } from "../app/keys";
import { Button, Fault, Key } from "../kit/controls";
import { StatusMark } from "../kit/marks";
import { posts } from "../live/board";
import { titleOf } from "../live/catalogue";
import { mayDispatch, past } from "../live/session";
import { SHEET } from "../words/operate";
import { named, percent, say } from "../words/say";
import { age, duration } from "../words/time";
import { called, recommend, type Ask } from "./orders";
import { reasonSays } from "./reasons";

/** Keeps a recommendation fresh: asked anew when the question changes and every few seconds while it is looked at. */
export function useRecommendation(asked: Ask | null, every = 5_000): { found: Recommendation | null; problem: Problem | null } {
  const [found, setFound] = useState<Recommendation | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const key = JSON.stringify(asked);
  const turn = useRef(0);
  useEffect(() => {
    const mine = ++turn.current;
    if (!asked || past.value) {
      setFound(null);
      return;
    }
    const go = async () => {
      const result = await recommend(asked);
      if (mine !== turn.current) return;
      if (result.ok) setFound(result.value);
      setProblem(result.ok ? null : result.problem);
    };
    const first = setTimeout(() => void go(), 120);
    const again = setInterval(() => void go(), every);
    return () => {
      clearTimeout(first);
      clearInterval(again);
    };
  }, [key]);
  return { found, problem };
}

function Needs({ found }: { found: Recommendation }) {
  if (found.needs.length === 0) return null;
  return (
    <p class="needs muted">
      {say(SHEET.needs)}:{" "}
      {found.needs.map((need, index) => (
        <span key={index} class={need.met >= need.units ? "met" : "unmet"}>
          {index > 0 && " · "}{need.met >= need.units && "✓ "}{say(SHEET.need, { n: need.units, what: need.capability ? titleOf("capabilities", need.capability) : say(SHEET.any) })}
        </span>
      ))}
    </p>
  );
}

const parts = (shares: readonly number[]): string => shares.map((share) => percent(share / 10_000)).join(" / ");

function Cover({ found }: { found: Recommendation }) {
  if (!found.cover || !found.cover_after) return null;
  return (
    <>
      <p class="faint">{say(SHEET.cover, { before: parts(found.cover), after: parts(found.cover_after) })}</p>
      {found.move_ups.map((move) => (
        <p key={move.unit} class="faint">
          {say(SHEET.moveUp, { unit: called(move.unit), post: named(posts.value.get(move.post)?.name) })} ({parts(move.before)} → {parts(move.after)})
        </p>
      ))}
    </>
  );
}

function Row({ one, chosen, press, send }: { one: Candidate; chosen: boolean; press: string | null; send: ((unit: number) => void) | undefined }) {
  const fix = one.fix_age_ms == null ? say(SHEET.neverSeen) : one.fix_age_ms > 30_000 ? say(SHEET.fixAge, { age: age(one.fix_age_ms) }) : "";
  const reasons = one.reasons.map(reasonSays).filter(Boolean);
  return (
    <li class={chosen ? "chosen" : ""}>
      {press ? <Key press={press} /> : <span />}
      <StatusMark status={one.status} />
      <strong class="clip">{one.call_sign}</strong>
      <span class="minutes">{one.travel_ms == null ? "—" : duration(one.travel_ms)}</span>
      <span class="why clip faint" title={[...reasons, fix].filter(Boolean).join(" · ")}>{[...reasons, fix].filter(Boolean).join(" · ")}</span>
      {send && <Button onClick={() => send(one.unit)} label={`${say(SHEET.send)} ${one.call_sign}`}>{say(SHEET.send)}</Button>}
    </li>
  );
}

/** The list; with `send`, each row has a key of its own, 1 to 9. */
export function Candidates({ found, problem, send }: {
  found: Recommendation | null; problem: Problem | null; send?: ((unit: number) => void) | undefined;
}) {
  const may = mayDispatch.value ? send : undefined;
  const now = useRef<{ found: Recommendation | null; send: typeof may }>({ found, send: may });
  now.current = { found, send: may };
  useEffect(() => {
    const keys = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => ({
      press: String(digit), says: SHEET.send, hidden: digit > 1,
      run: () => {
        const one = now.current.found?.candidates[digit - 1];
        if (one) now.current.send?.(one.unit);
      },
    }));
    return send ? listen(SHEET.recommended, keys) : undefined;
  }, [Boolean(send)]);
  if (problem && !found) return <Fault problem={problem} />;
  if (!found) return <p class="faint" role="status">{say(SHEET.recommending)}</p>;
  const met = found.needs.length > 0 && found.needs.every((need) => need.met >= need.units) && found.chosen.length === 0;
  return (
    <div class="candidates">
      <Needs found={found} />
      {met && <p class="ok">{say(SHEET.enough)}</p>}
      {found.candidates.length === 0 && <p>{say(SHEET.none)}</p>}
      <ol>
        {found.candidates.map((one, index) => (
          <Row key={one.unit} one={one} chosen={found.chosen.includes(one.unit)} press={may && index < 9 ? String(index + 1) : null} send={may} />
        ))}
      </ol>
      <Cover found={found} />
      {found.out_in_all > 0 && (
        <details>
          <summary class="faint">{say(SHEET.outWhy, { n: found.out_in_all })}</summary>
          <ul class="out">
            {found.out.map((one) => <li key={one.unit}><span>{one.call_sign}</span> <span class="faint">{reasonSays(one.why)}</span></li>)}
          </ul>
        </details>
      )}
    </div>
  );
}
