// What a page asks the server for, and what it gives: waiting, refused, faulty, or changed by somebody else meanwhile.
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { outcome, type Outcome, type Problem } from "../api/client";
import { go } from "../app/where";
import { Button, Fault, Loading } from "../kit/controls";
import { done } from "../kit/toasts";
import { session } from "../live/session";
import { ShowFactor } from "../sign-in/factor";
import { say } from "../words/say";
import { S } from "../words/settings";
import { dayTime } from "../words/time";
import { detailOf } from "../words/told";

type Answered<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

export interface Asked<T> {
  found: Outcome<T> | null;
  /** By which record it is known; shown when it is replaced. */
  tag: string | null;
  again: () => void;
}

export function useAsked<T>(ask: () => Answered<T>): Asked<T> {
  const [found, setFound] = useState<Outcome<T> | null>(null);
  const [tag, setTag] = useState<string | null>(null);
  const again = () => {
    const asked = ask().then((answer) => {
      setTag(answer.response.headers.get("etag"));
      return answer;
    });
    void outcome(asked).then(setFound);
  };
  useEffect(again, []);
  return { found, tag, again };
}

/** All pages of a list. */
export async function everything<T>(ask: (cursor: string | undefined) => Answered<{ items: T[]; next?: string | null }>): Answered<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (;;) {
    const { data, error, response } = await ask(cursor);
    if (!response.ok || !data) return { error, response };
    items.push(...data.items);
    if (!data.next) return { data: items, response };
    cursor = data.next;
  }
}

/** A fault; where a second factor may be what is missing, the way there. */
export function Refusal({ problem, again }: { problem: Problem; again?: () => void }) {
  const factor = problem.status === 403 && !session.value?.second_factor && problem.code === "access.second_factor";
  if (!factor) return again ? <Fault problem={problem} again={again} /> : <Fault problem={problem} />;
  return (
    <section class="refusal" role="alert">
      <h2>{say(S.needsFactor)}</h2>
      <p>{say(S.needsFactorHint, { detail: detailOf(problem) })}</p>
      <ShowFactor over={again ?? (() => {})} />
      <Button onClick={() => go("/settings/account")}>{say(S.setOneUp)}</Button>
    </section>
  );
}

export function Shown<T>({ asked, children }: { asked: Asked<T>; children: (value: T) => ComponentChildren }) {
  if (!asked.found) return <Loading />;
  if (!asked.found.ok) return <Refusal problem={asked.found.problem} again={asked.again} />;
  return <>{children(asked.found.value)}</>;
}

interface Changed { by: string; at: string }

export interface Saving {
  problem: Problem | null;
  busy: boolean;
  /** Asks, again without the tag if `over` is wanted after a conflict. */
  run: (ask: (headers: Record<string, string>) => Answered<unknown>, tag: string | null, says: string) => Promise<boolean>;
  force: () => void;
  forget: () => void;
}

/** Saves, and keeps what was asked so that it can be asked again when somebody else came first. */
export function useSaving(after: () => void): Saving {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [last, setLast] = useState<(() => void) | null>(null);
  const run: Saving["run"] = async (ask, tag, says) => {
    setBusy(true);
    const found = await outcome(ask(tag ? { "if-match": tag } : {}));
    setBusy(false);
    setProblem(found.ok ? null : found.problem);
    setLast(() => () => void run(ask, null, says));
    if (found.ok) {
      done(says);
      after();
    }
    return found.ok;
  };
  return { problem, busy, run, force: () => last?.(), forget: () => setProblem(null) };
}

/** What became of saving; nothing if it went well. */
export function Saved({ saving, theirs }: { saving: Saving; theirs: () => void }) {
  const { problem } = saving;
  if (!problem) return null;
  // What was refused for what it says is not asked again unchanged.
  const mayHelp = problem.status === 0 || problem.status === 403 || problem.status >= 500;
  if (problem.status !== 412) return mayHelp ? <Refusal problem={problem} again={saving.force} /> : <Refusal problem={problem} />;
  const changed = (problem as Problem & { changed?: Changed[] }).changed ?? [];
  return (
    <div class="fault" role="alert">
      <strong>{say(S.conflict)}</strong>
      <p>{changed.map((one) => say(S.changedBy, { by: one.by, at: dayTime(one.at) })).join("; ") || detailOf(problem)}</p>
      <div class="row">
        <Button onClick={() => { saving.forget(); theirs(); }}>{say(S.theirs)}</Button>
        <Button kind="grave" onClick={saving.force}>{say(S.mine)}</Button>
      </div>
    </div>
  );
}
