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
