// Where units are, as the worker tells it: the last frame, for the canvas, for lists and for whoever asks where a unit is.
import { signal } from "@preact/signals";
import { FLOATS, type Order, type Picture, type Window_ } from "./positions.worker";

declare const POSITIONS_WORKER: string;

export type Cells = Extract<Picture, { cells: Uint32Array }>;
type Units = Extract<Picture, { units: Uint32Array }>;

/** Whether positions come in. */
export const positionsLine = signal(false);
/** Milliseconds of script the last frame took in the worker, for the figures. */
export const decodeTook = signal(0);

export interface FieldView {
  units: (frame: Units) => void;
  cells: (frame: Cells | null) => void;
}

/** Follows where units are within a window of the map. */
export class Field {
  private readonly worker = new Worker(POSITIONS_WORKER, { type: "module" });
  private last: Units | null = null;
  private readonly index = new Map<number, number>();
  private indexed = false;

  constructor(readonly origin: readonly [number, number], view: FieldView) {
    this.worker.onmessage = (event: MessageEvent<Picture>) => {
      const picture = event.data;
      if ("line" in picture) positionsLine.value = picture.line;
      else if ("cells" in picture) view.cells(picture);
      else {
        this.last = picture;
        this.indexed = false;
        decodeTook.value = picture.took;
        view.units(picture);
        view.cells(null);
      }
    };
  }

  look(window: Window_): void {
    this.worker.postMessage({ window, origin: [this.origin[0], this.origin[1]] } satisfies Order);
  }

  /** Where a unit is and how old that is, if it is in the window. */
  where(unit: number): { at: [number, number]; age: number } | null {
    const last = this.last;
    if (!last) return null;
    if (!this.indexed) {
      this.index.clear();
      last.units.forEach((each, at) => this.index.set(each, at));
      this.indexed = true;
    }
    const at = this.index.get(unit);
    if (at === undefined) return null;
    const float = (offset: number) => last.floats[at * FLOATS + offset] ?? 0;
    const [x, y] = [float(2) + this.origin[0], float(3) + this.origin[1]];
    const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
    return { at: [(x - 0.5) * 360, lat], age: float(5) * 1000 };
  }

  close(): void {
    this.worker.postMessage({ close: true } satisfies Order);
    setTimeout(() => this.worker.terminate(), 200);
  }
}
