// Long computations: started, watched as the gap falls, cancelled with the best so far, and taken over.
import { signal, type Signal } from "@preact/signals";
import { api, outcome, type Outcome, type Problem, type Schemas } from "../api/client";

export type Run = Schemas["RunDoc"];
export type Siting = Schemas["SitingDoc"];
export type Trial = Schemas["TrialDoc"];

const EVERY = 400;

/** A run that is followed: how it stands, how its gap fell, and what it came to. */
export class Followed<T> {
  readonly run: Signal<Run | null> = signal(null);
  readonly result: Signal<T | null> = signal(null);
  readonly problem: Signal<Problem | null> = signal(null);
  /** The gap over time, in parts of a million. */
  readonly gaps: Signal<readonly number[]> = signal([]);
  private turn = 0;

  constructor(
    private readonly ask: (run: number) => Promise<Outcome<{ run: Run; result?: T | null }>>,
    private readonly stop: (run: number) => Promise<unknown>,
  ) {}

  async start(started: Promise<Outcome<Run>>): Promise<void> {
    const mine = ++this.turn;
    this.result.value = null;
    this.gaps.value = [];
    const found = await started;
    if (mine !== this.turn) return;
    this.problem.value = found.ok ? null : found.problem;
    this.run.value = found.ok ? found.value : null;
    if (found.ok) void this.follow(mine, found.value.run);
  }

  private async follow(mine: number, run: number): Promise<void> {
    const found = await this.ask(run);
    if (mine !== this.turn) return;
    this.problem.value = found.ok ? null : found.problem;
    if (found.ok) {
      this.run.value = found.value.run;
      const gap = found.value.run.gap_ppm;
      if (gap != null) this.gaps.value = [...this.gaps.value, gap].slice(-400);
      if (found.value.result) this.result.value = found.value.result;
      if (!this.going) return;
    }
    setTimeout(() => void this.follow(mine, run), found.ok ? EVERY : EVERY * 8);
  }

  get going(): boolean {
    const status = this.run.value?.status;
    return status === "waiting" || status === "running";
  }

  cancel(): void {
    if (this.run.value) void this.stop(this.run.value.run);
  }
}

export const siting = new Followed<Siting>(
  (run) => outcome(api.GET("/api/v1/planning/runs/{run}", { params: { path: { run } } })),
  (run) => outcome(api.POST("/api/v1/planning/runs/{run}/cancel", { params: { path: { run } }, body: {} })),
);

export const trial = new Followed<Trial>(
  (run) => outcome(api.GET("/api/v1/whatif/runs/{run}", { params: { path: { run } } })),
  (run) => outcome(api.POST("/api/v1/whatif/runs/{run}/cancel", { params: { path: { run } }, body: {} })),
);
