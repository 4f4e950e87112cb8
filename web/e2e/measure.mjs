// The console's figures on a real day: how soon it is there, how much script a frame takes with ten thousand units moving, and how long a
// record takes to be seen. Prints a table; ends with 1 if an answer is wrong, never because of a time.
import { browser, page, signIn, WIDE } from "./browser.mjs";
import { endDay, real, startDay, until } from "./day.mjs";

const UNITS = Number(process.env["UNITS"] ?? 10_000);
const SECONDS = Number(process.env["SECONDS"] ?? 20);
const rows = [];
const say = (what, value) => {
  rows.push([what, value]);
  console.log(`${what.padEnd(72)} ${value}`);
};
const quantile = (list, share) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

/** The page is opened cold: nothing of it is in the browser's cache. */
async function paint(open, town, cookies) {
  const first = [];
  const queue = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const made = await page(open, town.base, { size: WIDE });
    await made.context().addCookies(cookies);
    const start = Date.now();
    await made.goto(town.base, { waitUntil: "commit" });
    await made.locator(".queue button.incident, .queue .empty").first().waitFor();
    queue.push(Date.now() - start);
    first.push(await made.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0));
    await made.context().close();
  }
  say("first contentful paint, cold (5 times, median)", ms(quantile(first, 0.5)));
  say("the queue is there, cold (5 times, median)", ms(quantile(queue, 0.5)));
}

/** Adds up what runs for each frame, from the first page on. */
function timeFrames() {
  const request = window.requestAnimationFrame.bind(window);
  window.frameTimes = [];
  let [last, sum] = [0, 0];
  window.requestAnimationFrame = (run) =>
    request((at) => {
      if (at !== last) {
        if (sum > 0) window.frameTimes.push(sum);
        [last, sum] = [at, 0];
      }
      const start = performance.now();
      run(at);
      sum += performance.now() - start;
    });
}

async function script(made) {
  const client = await made.context().newCDPSession(made);
  await client.send("Performance.enable");
  const read = async () => {
    const { metrics } = await client.send("Performance.getMetrics");
    const of = (name) => metrics.find((each) => each.name === name)?.value ?? 0;
    return { script: of("ScriptDuration"), heap: of("JSHeapUsedSize"), frames: await made.evaluate(() => window.framesSeen) };
  };
  await made.evaluate(() => {
    window.framesSeen = 0;
    const count = () => {
      window.framesSeen += 1;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
  });
  await made.evaluate(() => (window.frameTimes = []));
  const before = await read();
  await made.waitForTimeout(SECONDS * 1_000);
  const after = await read();
  const frames = after.frames - before.frames;
  say(`frames in ${SECONDS} s, drawn by software`, String(frames));
  const times = await made.evaluate(() => window.frameTimes);
  say("script of drawing a frame: p50", ms(quantile(times, 0.5)));
  say("… p99", ms(quantile(times, 0.99)));
  say("all script of the page, also what is not for a frame, by frame", ms(((after.script - before.script) * 1_000) / frames));
  say("script a second", ms(((after.script - before.script) * 1_000) / SECONDS));
  say("memory of scripts", `${(after.heap / 1e6).toFixed(0)} MB`);
}

async function lag(made, town) {
  const posts = (await town.as(town.key_, "GET", "/api/v1/posts")).items;
  const seen = [];
  for (let turn = 0; turn < 50; turn += 1) {
    const body = { source: "call", kind: "noise", at: posts[turn % posts.length].at, priority: 1, area: null, address: null, hazards: [], text: null, reported: null };
    const { incident } = await town.as(town.key_, "POST", "/api/v1/incidents", body);
    const told = Date.now();
    await made.waitForFunction((number) => [...document.querySelectorAll(".queue .number")].some((each) => each.textContent === `#${number}`), incident, { polling: 10 });
    seen.push(Date.now() - told);
    await town.as(town.key_, "POST", `/api/v1/incidents/${incident}/cancel`, { reason: "duplicate" });
  }
  say("from a command's answer to the picture, 50 calls: p50", ms(quantile(seen, 0.5)));
  say("… p99", ms(quantile(seen, 0.99)));
}

const town = await startDay({ speed: 60, hour: 16, units: UNITS });
const open = await browser();
try {
  await town.person("D7", "call_taker", "dispatcher", "duty_officer");
  const cookies = [{ name: "precinct", value: (await town.signedIn("D7")).cookie.split("=")[1], url: town.base }];
  const wanted = UNITS * 0.95;
  const board = await until(town, `${wanted} units have a place`, (now) => now.units.filter((unit) => unit.fix).length >= wanted, 900);
  say("city", real ? "San Francisco, 2024-01-08, played 60 times as fast" : "generated");
  say("units with a place", String(board.units.filter((unit) => unit.fix).length));
  await paint(open, town, cookies);
  const made = await page(open, town.base, { size: WIDE });
  await made.addInitScript(timeFrames);
  await signIn(made, town.base, "D7");
  await made.getByText("● Live").waitFor();
  await made.waitForTimeout(8_000);
  await script(made);
  await lag(made, town);
  if (made.faults.length > 0) throw new Error(made.faults.join("\n"));
} finally {
  await open.close();
  await endDay(town);
}
