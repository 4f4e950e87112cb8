// What the console costs, read off a page that runs: script of each frame by the processor's time, and memory that stays in use.

export const quantile = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? 0;
export const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** Script that ran for frames of a page within so many seconds, a sum for each frame, in ms: by the processor's time of its thread, which others
 * on the machine do not lengthen, and by the clock on the wall. Read from the browser's own trace (`FireAnimationFrame`). */
export async function frameScript(made, seconds) {
  const client = await made.context().newCDPSession(made);
  const events = [];
  client.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await client.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["devtools.timeline"], excludedCategories: ["*"] } });
  await wait(seconds * 1_000);
  const ended = new Promise((done) => client.once("Tracing.tracingComplete", done));
  await client.send("Tracing.end");
  await ended;
  await client.detach();
  // Callbacks of one frame follow each other at once; the next frame is some milliseconds away.
  const frames = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const { ts, dur, tdur } of events.filter((one) => one.name === "FireAnimationFrame").sort((a, b) => a.ts - b.ts)) {
    if (ts - last > 2_000) frames.push({ worked: 0, passed: 0 });
    const frame = frames.at(-1);
    frame.worked += tdur / 1_000;
    frame.passed += dur / 1_000;
    last = ts + dur;
  }
  return frames;
}

/** What stays in use after everything that can be let go was: bytes of scripts, nodes and listeners of the document. */
export async function inUse(client) {
  await client.send("HeapProfiler.enable");
  for (const _ of [1, 2]) await client.send("HeapProfiler.collectGarbage");
  const { usedSize } = await client.send("Runtime.getHeapUsage");
  const { nodes, jsEventListeners } = await client.send("Memory.getDOMCounters");
  return { bytes: usedSize, nodes, listeners: jsEventListeners };
}

/** The line of least squares through points: how much it rises by unit of x, and the standard error of that. */
export function slope(points) {
  const n = points.length;
  const mean = (of) => points.reduce((sum, one) => sum + of(one), 0) / n;
  const [mx, my] = [mean(([x]) => x), mean(([, y]) => y)];
  const sxx = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  const rise = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / sxx;
  const rest = points.reduce((sum, [x, y]) => sum + (y - my - rise * (x - mx)) ** 2, 0);
  return { rise, error: Math.sqrt(rest / Math.max(1, n - 2) / sxx) };
}
