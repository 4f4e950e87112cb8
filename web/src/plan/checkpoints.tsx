// Checkpoints: lanes, people, queue and wait, what was counted by type and hour, and how many lanes at which hour.
import { signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import type { Problem } from "../api/client";
import type { Checkpoint, Post } from "../api/documents";
import { listen } from "../app/keys";
import { Button, Empty, Fault } from "../kit/controls";
import { checkpoints, collate, posts } from "../live/board";
import { mayKeepCheckpoint } from "../live/session";
import { show } from "../map/state";
import { POST_STATE } from "../words/common";
import { CHECKPOINT as C } from "../words/checkpoints";
import { named, number, oneOf, say } from "../words/say";
import { dayTime, duration, shortTime } from "../words/time";
import * as orders from "./checkpoint-orders";
import type { Count } from "./checkpoint-orders";
import { Enter, Man } from "./checkpoint-forms";
import { ByHour, Entries } from "./checkpoint-tables";

/** The checkpoint that is looked at; none is all of them. */
const looked = signal<number | null>(null);

function lanesSay(known: Checkpoint | undefined): string {
  if (!known || known.since == null) return say(C.unsaid);
  return `${say(C.open, { n: known.lanes })} · ${say(C.people, { n: known.staff })} · ${say(C.since, { at: dayTime(known.since) })}`;
}

function queueSays(known: Checkpoint | undefined): string {
  if (known?.queue == null || known.queue_at == null) return say(C.noQueue);
  const wait = known.wait_ms == null ? say(C.waitUnknown) : say(C.waits, { for: duration(known.wait_ms) });
  return `${say(C.queued, { n: known.queue, at: shortTime(known.queue_at) })} · ${wait}`;
}

function Standing({ known }: { known: Checkpoint | undefined }) {
  return (
    <>
      <p>{lanesSay(known)}</p>
      <p class={known?.queue ? "state" : "muted"}>{queueSays(known)}</p>
    </>
  );
}

type Open = { what: "man" } | { what: "enter"; corrects: Count | null } | null;

/** The entries of a checkpoint; asked for anew whenever the board tells of a change to it. */
function useCounts(post: number, known: Checkpoint | undefined): [Count[] | null, Problem | null, () => void] {
  const [counts, setCounts] = useState<Count[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const load = () => void orders.counts(post).then((found) => {
    if (found.ok) setCounts(found.value);
    setProblem(found.ok ? null : found.problem);
  });
  useEffect(load, [post, known]);
  return [counts, problem, load];
}

function One({ post }: { post: Post }) {
  const known = checkpoints.value.get(post.post);
  const [counts, problem, load] = useCounts(post.post, known);
  const [open, setOpen] = useState<Open>(null);
  const may = mayKeepCheckpoint.value;
  const name = named(post.name);
  const of = { post: post.post, name, close: () => setOpen(null) };
  useLayoutEffect(
    () => listen(C.title, [
      { press: "l", says: C.man, run: () => may && setOpen({ what: "man" }) },
      { press: "c", says: C.enter, run: () => may && setOpen({ what: "enter", corrects: null }) },
      { press: "Escape", says: C.back, run: () => void (looked.value = null) },
    ]),
    [may],
  );
  return (
    <>
      <div class="scroll">
        <Button kind="plain" onClick={() => (looked.value = null)}>‹ {say(C.back)}</Button>
        <h2><button type="button" class="name" onClick={() => show(post.at as [number, number], 16)}>{name}</button></h2>
        <p class={post.state === "open" ? "faint" : "state"}>{oneOf(POST_STATE, post.state)}</p>
        <Standing known={known} />
        {known?.counted_from != null && <p class="muted">{say(C.passed, { vehicles: number(known.vehicles), people: number(known.people), from: dayTime(known.counted_from) })}</p>}
        {problem && <Fault problem={problem} again={load} />}
        {counts && <ByHour post={post.post} counts={counts} />}
        {counts && <Entries counts={counts} correct={may ? (corrects) => setOpen({ what: "enter", corrects }) : null} />}
        {!may && <p class="faint">{say(C.mayNot)}</p>}
      </div>
      {may && (
        <footer>
          <Button kind="first" press="c" onClick={() => setOpen({ what: "enter", corrects: null })}>{say(C.enter)}</Button>
          <Button press="l" onClick={() => setOpen({ what: "man" })}>{say(C.man)}</Button>
        </footer>
      )}
      {open?.what === "man" && <Man {...of} lanes={known?.lanes ?? 0} staff={known?.staff ?? 0} />}
      {open?.what === "enter" && <Enter {...of} corrects={open.corrects} />}
    </>
  );
}

function All({ all }: { all: readonly Post[] }) {
  return (
    <div class="scroll">
      {all.length === 0 && <Empty says={say(C.none)} hint={say(C.noneHint)} />}
      <ul class="rings">
        {all.map((one) => (
          <li key={one.post}>
            <button type="button" class="name" onClick={() => (looked.value = one.post)}>{named(one.name)}</button>
            {one.state !== "open" && <p class="state">{oneOf(POST_STATE, one.state)}</p>}
            <Standing known={checkpoints.value.get(one.post)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

export function Checkpoints() {
  useEffect(() => () => void (looked.value = null), []);
  const all = [...posts.value.values()].filter((one) => one.kind === "checkpoint").sort((a, b) => collate(named(a.name), named(b.name)));
  const post = all.find((one) => one.post === looked.value);
  return post ? <One key={post.post} post={post} /> : <All all={all} />;
}
