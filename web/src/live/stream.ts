// The line to the server: the whole picture once, then what changes. A broken line resumes by itself where it broke off.
import { signal } from "@preact/signals";
import { api, outcome, type Problem } from "../api/client";
import type { Change, CityTime } from "../api/documents";
import * as board from "./board";
import * as clock from "./clock";
import * as looking from "./looking";
import type { Looking } from "./looking";

export type Line = { state: "connecting" } | { state: "live" } | { state: "lost"; since: number };

/** How the line is. `since` is of the browser's running clock. */
export const line = signal<Line>({ state: "connecting" });
/** Why the board is not shown to whoever is signed in, if it is not. */
export const refused = signal<Problem | null>(null);
/** From a record being told to its picture, in ms of the page: the console's part of the lag. */
export const told = signal(0);

/** The server tells the time every 4 s; after so long without a word the line does not hold. */
const SILENCE = 11_000;

let source: EventSource | null = null;
let last = performance.now();
let watchdog: ReturnType<typeof setInterval> | null = null;

function alive(): void {
  last = performance.now();
  if (line.value.state !== "live") line.value = { state: "live" };
}

function lost(): void {
  if (line.value.state !== "lost") line.value = { state: "lost", since: last };
}

function open(from: number): void {
  source?.close();
  source = new EventSource(`/api/v1/board/changes?from=${from}`);
  source.addEventListener("open", alive);
  source.addEventListener("change", (event) => {
    alive();
    const change = JSON.parse(event.data as string) as Change;
    clock.setNow(change.now);
    board.change(change);
    told.value += 1;
  });
  source.addEventListener("time", (event) => {
    alive();
    clock.set(JSON.parse(event.data as string) as CityTime);
  });
  source.addEventListener("looking", (event) => {
    alive();
    looking.told(JSON.parse(event.data as string) as Looking);
  });
  source.addEventListener("error", () => {
    lost();
    // A browser gives up after an answer that is no stream, such as a refusal: then the picture is loaded anew.
    if (source?.readyState === EventSource.CLOSED) setTimeout(() => void start(), 1_500);
  });
}

/** Loads the picture and follows it. Asked again, it starts anew. */
export async function start(): Promise<void> {
  const [time, picture] = await Promise.all([outcome(api.GET("/api/v1/clock")), outcome(api.GET("/api/v1/board"))]);
  // Who may not see the board still reads instants in the city's time.
  if (time.ok) clock.set(time.value);
  if (!time.ok || !picture.ok) {
    lost();
    const status = picture.ok ? 0 : picture.problem.status;
    if (status !== 401 && status !== 403) setTimeout(() => void start(), 1_500);
    if (!picture.ok && status === 403) {
      line.value = { state: "live" };
      refused.value = picture.problem;
    }
    return;
  }
  refused.value = null;
  board.load(picture.value);
  open(picture.value.seq);
  watchdog ??= setInterval(watch, 1_000);
}

function watch(): void {
  if (!source || performance.now() - last < SILENCE) return;
  lost();
  // The browser may hold on to a line that is dead: take another one, from where the picture is.
  if (performance.now() - last > SILENCE * 1.5 && board.seq.value !== null) {
    last = performance.now() - SILENCE;
    open(board.seq.value);
  }
}

export function stop(): void {
  source?.close();
  source = null;
  if (watchdog) clearInterval(watchdog);
  watchdog = null;
  board.clear();
  line.value = { state: "connecting" };
}
