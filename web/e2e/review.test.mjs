// Review: the console at a past moment of a shift, played, with what was done against what was best; and paper.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serious } from "./axe.mjs";
import { browser, page, picture, signIn } from "./browser.mjs";
import { Town } from "./town.mjs";

let town;
let open;
let key;

before(async () => {
  town = await Town.start({ drill: ["2024-01-08T08:00:00Z", 20] });
  open = await browser();
  await town.person("D1", "call_taker", "dispatcher", "duty_officer");
  key = await town.key("crews", "dispatcher", "duty_officer", "planner", "call_taker", "crew", "gateway");
  await town.crews(key, 3);
});

after(async () => {
  await open?.close();
  await town?.stop();
});

async function call(kind) {
  const posts = (await town.as(key, "GET", "/api/v1/posts")).items;
  const [lon, lat] = posts[0].at;
  const body = { source: "call", kind, at: [lon + 0.004, lat + 0.003], priority: null, area: null, address: null, hazards: [], text: null, reported: null };
  return (await town.as(key, "POST", "/api/v1/incidents", body)).incident;
}

const city = async () => Date.parse((await town.as(key, "GET", "/api/v1/clock")).now);

test("the console goes to a past moment, shows what was then, plays on, and orders nothing", async () => {
  const incident = await call("noise");
  const opened = await city();
  await new Promise((done) => setTimeout(done, 1_500));
  // The slower unit is sent, with what was compared on record.
  const advice = await town.as(key, "POST", "/api/v1/recommendations", { incident });
  const slow = advice.candidates.at(-1);
  await town.as(key, "POST", `/api/v1/incidents/${incident}/assignments`, { unit: slow.unit, recommendation: advice.id });
  await new Promise((done) => setTimeout(done, 1_000));
  await town.as(key, "POST", `/api/v1/incidents/${incident}/resolve`, { disposition: "false_alarm" }).catch(() => {});
  const made = await page(open, town.base);
  await signIn(made, town.base, "D1", `/review?at=${new Date(opened).toISOString()}`);
  const row = made.locator(".queue button.incident", { hasText: `#${incident}` });
  await row.waitFor();
  assert.equal(await row.getByText(slow.call_sign).count(), 0, "nobody had been sent then");
  await row.click();
  assert.equal(await made.getByRole("button", { name: "Send those recommended" }).count(), 0);
  for (let minutes = 0; minutes < 3 && (await row.getByText(slow.call_sign).count()) === 0; minutes += 1) {
    await made.keyboard.press("ArrowRight");
    await made.waitForTimeout(700);
  }
  await row.getByText(slow.call_sign).waitFor();
  const regret = made.locator("section.sheet table");
  await regret.waitFor();
  assert.match(await regret.locator("tbody").textContent(), new RegExp(slow.call_sign));
  await picture(made, "review-dark");
  assert.deepEqual(await serious(made), []);
  await made.getByRole("button", { name: "Back to live" }).click();
  await made.getByText("● Live").waitFor();
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("what was on paper is entered with the time it happened, and printed boards have it all", async () => {
  const incident = await call("noise");
  const happened = await city();
  await new Promise((done) => setTimeout(done, 2_000));
  const made = await page(open, town.base, { theme: "light" });
  await signIn(made, town.base, "D1", "/paper");
  await made.getByRole("heading", { name: /^Board of/ }).waitFor();
  await made.locator(".paper-sheet td", { hasText: /^Noise$/ }).first().waitFor();
  await made.getByLabel("What", { exact: true }).selectOption("dispatch");
  await made.getByLabel("Incident", { exact: true }).fill(String(incident));
  await made.getByLabel("Unit", { exact: true }).fill("E2");
  const zone = (await town.as(key, "GET", "/api/v1/clock")).time_zone;
  const local = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(new Date(happened + 1_000)).replace(" ", "T");
  await made.getByLabel("Happened at").fill(local);
  await made.getByRole("button", { name: "Enter" }).click();
  await made.locator("aside li", { hasText: `Unit sent · #${incident} · E2` }).waitFor();
  const { assignments } = await town.as(key, "GET", `/api/v1/incidents/${incident}`);
  assert.equal(Math.floor(Date.parse(assignments[0].dispatched) / 1000), Math.floor((happened + 1_000) / 1000));
  await picture(made, "paper-light");
  assert.deepEqual(await serious(made), []);
  await made.getByLabel("Unit", { exact: true }).fill("nobody");
  await made.getByRole("button", { name: "Enter" }).click();
  await made.getByText("No unit on duty is called that").waitFor();
  await made.emulateMedia({ media: "print" });
  await picture(made, "paper-print");
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("what was done is told in figures, each with how much of it is known", async () => {
  for (const [language, theme, size] of [["en", "dark", undefined], ["zh", "light", { width: 390, height: 800 }]]) {
    const made = await page(open, town.base, { language, theme, ...(size && { size }) });
    await signIn(made, town.base, "D1", "/figures");
    await made.locator(".figures .table tbody tr").first().waitFor();
    await made.locator(".figures .u-over").last().waitFor();
    assert.equal(await made.locator(".figures tbody td strong", { hasText: /^E\d$/ }).count(), 3, "three units on duty");
    await picture(made, `figures-${language}-${theme}`);
    assert.deepEqual(await serious(made), []);
    assert.equal(await made.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, "nothing hangs over");
    assert.deepEqual(made.faults, []);
    await made.context().close();
  }
});

test("going on and off duty on paper is entered with both times", async () => {
  const now = await city();
  const iso = (ms) => new Date(ms).toISOString();
  const members = [{ staff: "C91", force: "police" }, { staff: "C92", force: "police" }];
  const [post] = (await town.as(key, "GET", "/api/v1/posts")).items.filter((one) => one.kind === "police_station");
  await town.as(key, "PUT", "/api/v1/units/9", { call_sign: "E9", force: "police", capabilities: ["patrol"], vehicle: "car", home: post.post, area: post.area, members });
  const { shift } = await town.as(key, "POST", "/api/v1/shifts", { unit: 9, members, starts: iso(now - 7_200_000), ends: iso(now + 3_600_000) });
  const zone = (await town.as(key, "GET", "/api/v1/clock")).time_zone;
  const local = (ms) => new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }).format(new Date(ms)).replace(" ", "T");
  const [on, off] = [now - 60_000, now - 20_000].map((ms) => Math.floor(ms / 1_000) * 1_000);
  const made = await page(open, town.base, { theme: "light" });
  await signIn(made, town.base, "D1", "/paper");
  const enter = async (step, at) => {
    await made.getByLabel("What", { exact: true }).selectOption(step);
    await made.getByLabel("Unit", { exact: true }).fill("E9");
    await made.getByLabel("Happened at").fill(local(at));
    await made.getByRole("button", { name: "Enter" }).click();
  };
  await enter("off-duty", off);
  await made.getByText("It is not on duty").waitFor();
  await enter("on-duty", on);
  await made.locator("aside li", { hasText: "On duty · E9" }).waitFor();
  const began = async () => (await town.as(key, "GET", "/api/v1/shifts?limit=100")).items.find((one) => one.shift === shift)?.began;
  assert.equal(Date.parse(await began()), on, "it began when it says on paper");
  await made.locator(".paper-units li", { hasText: "E9" }).waitFor();
  await enter("off-duty", off);
  await made.locator("aside li", { hasText: "Off duty · E9" }).waitFor();
  assert.equal(await began(), undefined, "it is over");
  const { items } = await town.as(key, "GET", `/api/v1/review/records?after=${iso(now)}&limit=1000`);
  const told = items.filter((one) => one.happened_at != null).map((one) => Date.parse(one.happened_at));
  assert.ok([on, off].every((at) => told.includes(at)), "each has both times");
  await picture(made, "paper-duty");
  assert.deepEqual(await serious(made), []);
  assert.deepEqual(made.faults, []);
  await made.context().close();
});
