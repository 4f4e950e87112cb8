// The console's figures on a real day: how soon it is there, how much script a frame takes with ten thousand units moving, how long a
// record takes to be seen and a past moment to be there; with MINUTES, whether memory grows. Prints a table; ends with 1 if an answer is
// wrong, never because of a time.
import { browser, page, signIn, WIDE } from "./browser.mjs";
import { endDay, real, startDay, until } from "./day.mjs";
import { frameScript, inUse, ms, quantile, slope } from "./figures.mjs";

const UNITS = Number(process.env["UNITS"] ?? 10_000);
const SECONDS = Number(process.env["SECONDS"] ?? 20);
const MINUTES = Number(process.env["MINUTES"] || 0);
const say = (what, value) => console.log(`${what.padEnd(72)} ${value}`);

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

/** Script of frames, with the map as it lies. */
async function frames(made, where) {
  const client = await made.context().newCDPSession(made);
  await client.send("Performance.enable");
  const script = async () => (await client.send("Performance.getMetrics")).metrics.find((one) => one.name === "ScriptDuration")?.value ?? 0;
  const before = await script();
  const found = await frameScript(made, SECONDS);
  const all = (await script()) - before;
  if (found.length < SECONDS) throw new Error(`${found.length} frames in ${SECONDS} s: nothing moves`);
  const worked = found.map((one) => one.worked);
  say(`${where}: frames in ${SECONDS} s, drawn by software`, String(found.length));
  say("  script of a frame, processor time: p50", ms(quantile(worked, 0.5)));
  say("  … p99", ms(quantile(worked, 0.99)));
  say("  … the most", ms(Math.max(...worked)));
  say("  the same by the clock on the wall: p99", ms(quantile(found.map((one) => one.passed), 0.99)));
  say("  all script of the page a second, by the clock on the wall", ms((all * 1_000) / SECONDS));
  await client.detach();
}

/** The map near a unit that moves, so that call signs are shown. */
async function near(made, board) {
  const going = board.units.find((unit) => unit.status === "en_route" && unit.fix) ?? board.units.find((unit) => unit.fix);
  await made.keyboard.press("/");
  await made.keyboard.type(`go ${going.call_sign}`);
  await made.keyboard.press("Enter");
  await made.mouse.move(860, 330);
  for (let turn = 0; turn < 3; turn += 1) {
    await made.mouse.wheel(0, 240);
    await made.waitForTimeout(200);
  }
  await made.waitForTimeout(4_000);
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

/** Past moments all over the record: from asking to the whole answer, and from the key to the picture. */
async function review(made, town) {
  const { first, last } = await town.as(town.key_, "GET", "/api/v1/review/span");
  const [from, to] = [Date.parse(first.at), Date.parse(last.at)];
  const asked = [];
  for (let turn = 0; turn < 40; turn += 1) {
    // Steps of the golden section come nowhere twice and everywhere soon.
    const at = new Date(from + (to - from) * ((turn * 0.618034) % 1)).toISOString();
    const start = performance.now();
    const board = await town.as(town.key_, "GET", `/api/v1/review/board?at=${at}`);
    asked.push(performance.now() - start);
    if (!(board.stands_on.seq > 0)) throw new Error(`${at} stands on no record`);
  }
  say("records to look back on", String(last.seq));
  say("a past moment, all over the record, 40 times: the whole answer, p50", ms(quantile(asked, 0.5)));
  say("… p99", ms(quantile(asked, 0.99)));
  await made.goto(`${town.base}/review`);
  const stands = () => made.locator(".review-foot .mono").textContent();
  await made.locator(".review-foot .mono").waitFor();
  const seen = [];
  for (let turn = 0; turn < 20; turn += 1) {
    const before = await stands();
    const start = Date.now();
    await made.keyboard.press("Shift+ArrowLeft");
    const moved = await made.waitForFunction((text) => document.querySelector(".review-foot .mono")?.textContent !== text, before, { polling: 10, timeout: 5_000 }).catch(() => null);
    if (!moved) break;
    seen.push(Date.now() - start);
  }
  if (seen.length === 0) throw new Error("no key led to another moment");
  say(`from the key to the picture of ten minutes before, ${seen.length} times: p50`, ms(quantile(seen, 0.5)));
  say("… p99", ms(quantile(seen, 0.99)));
}

/** Memory over time: each half minute, what stays in use, while somebody goes from incident to incident and from far to near. */
async function memory(made, town) {
  const client = await made.context().newCDPSession(made);
  const samples = [];
  const start = Date.now();
  for (let turn = 0; Date.now() - start < MINUTES * 60_000; turn += 1) {
    await made.keyboard.press(turn % 12 === 11 ? "Escape" : "j");
    await made.mouse.wheel(0, turn % 4 < 2 ? -240 : 240);
    await made.waitForTimeout(30_000);
    const { bytes, nodes, listeners } = await inUse(client);
    const hours = (Date.now() - start) / 3_600_000;
    samples.push({ hours, mb: bytes / 1e6, nodes, listeners });
    if (process.env["SHOW_MEMORY"]) console.log(`${(hours * 60).toFixed(1)} min  ${(bytes / 1e6).toFixed(2)} MB  ${nodes} nodes  ${listeners} listeners`);
  }
  // The first fifth is the page filling its caches.
  const settled = samples.slice(Math.floor(samples.length / 5));
  const [first, last] = [settled[0], settled.at(-1)];
  const { rise, error } = slope(settled.map((one) => [one.hours, one.mb]));
  const { incidents, units } = await town.as(town.key_, "GET", "/api/v1/board");
  say(`memory over ${MINUTES} min, from the fifth of it on`, `${first.mb.toFixed(1)} MB to ${last.mb.toFixed(1)} MB`);
  say("  its slope, ± two standard errors", `${rise.toFixed(2)} ± ${(2 * error).toFixed(2)} MB an hour`);
  say("  nodes of the document; listeners", `${first.nodes} to ${last.nodes}; ${first.listeners} to ${last.listeners}`);
  say("  on the board at the end", `${incidents.length} incidents, ${units.length} units`);
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
  await signIn(made, town.base, "D7");
  await made.getByText("● Live").waitFor();
  await made.waitForTimeout(8_000);
  await frames(made, "the whole city");
  await near(made, await town.as(town.key_, "GET", "/api/v1/board"));
  await frames(made, "near, with call signs");
  await lag(made, town);
  if (MINUTES > 0) await memory(made, town);
  await review(made, town);
  if (made.faults.length > 0) throw new Error(made.faults.join("\n"));
} finally {
  await open.close();
  await endDay(town);
}
