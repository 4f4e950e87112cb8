// Checkpoints: lanes and people, what was counted by type and hour, the wait, and how many lanes at which hour.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serious } from "./axe.mjs";
import { browser, PHONE, picture, signedInPage } from "./browser.mjs";
import { Town } from "./town.mjs";

const HOUR = 3_600_000;

let town;
let open;
let key;

before(async () => {
  town = await Town.start();
  open = await browser();
  await town.person("C1", "dispatcher");
  await town.person("P1", "planner");
  key = await town.key("gates", "dispatcher", "planner");
});

after(async () => {
  await open?.close();
  await town?.stop();
});

const closed = async (made) => {
  assert.deepEqual(made.faults, []);
  await made.context().close();
};

/** A checkpoint where a post of the city stands. */
async function checkpoint() {
  const { items } = await town.as(key, "GET", "/api/v1/posts");
  const post = Math.max(...items.map((one) => one.post)) + 1;
  const [first] = items;
  await town.as(key, "PUT", `/api/v1/posts/${post}`, { kind: "checkpoint", area: first.area, at: first.at, hours: null, level: 3, name: { en: "North Gate", zh: "北门检查站" } });
  return post;
}

test("where there is no checkpoint the page says what to do", async () => {
  // The generated city has some: the board comes without them.
  const made = await signedInPage(open, town, "C1", "/settings");
  await made.route("**/api/v1/board*", async (route) => {
    const answer = await route.fetch();
    const board = await answer.json();
    await route.fulfill({ response: answer, json: { ...board, posts: board.posts.filter((one) => one.kind !== "checkpoint") } });
  });
  await made.goto(`${town.base}/plan/checkpoints`);
  await made.getByText("No checkpoints", { exact: true }).waitFor();
  assert.deepEqual(await serious(made), []);
  await picture(made, "plan-checkpoints-empty");
  await closed(made);
});

test("lanes and a count are entered by keyboard; wait, types by hour and lanes by hour follow; an entry is put right", async () => {
  const post = await checkpoint();
  const made = await signedInPage(open, town, "C1", "/plan/checkpoints");
  await made.getByText(/Nobody has said yet/).first().waitFor();
  await made.getByRole("button", { name: "North Gate" }).focus();
  await made.keyboard.press("Enter");
  await made.getByText("Nothing was counted yet").waitFor();
  await made.getByRole("button", { name: /All checkpoints/ }).focus();
  await made.keyboard.press("l");
  const lanes = made.getByRole("dialog");
  await lanes.getByLabel("Lanes").fill("2");
  await lanes.getByLabel("People").fill("6");
  await made.keyboard.press("Enter");
  await made.getByText(/2 lanes open · 6 work there/).waitFor();
  await lanes.waitFor({ state: "detached" });
  await made.keyboard.press("c");
  const count = made.getByRole("dialog");
  await count.getByText("Numbers alone").waitFor();
  await count.getByLabel("Vehicles", { exact: true }).fill("240");
  await count.getByLabel("People, those in vehicles too").fill("400");
  await count.getByLabel("Vehicles waiting at the end").fill("12");
  await count.getByRole("button", { name: "Another type" }).click();
  await count.getByLabel("How many").fill("3");
  assert.deepEqual(await serious(made), []);
  await picture(made, "plan-checkpoint-count");
  await count.getByRole("button", { name: "Enter it" }).click();
  await made.getByText(/12 vehicles waited at .* who joins waits about 3:00/).waitFor();
  await made.getByRole("heading", { name: "How many lanes at which hour" }).waitFor();
  await made.locator(".cover-table td.finds").filter({ hasText: "3" }).first().waitFor();
  assert.deepEqual(await serious(made), []);
  await picture(made, "plan-checkpoint-dark");
  await made.getByRole("button", { name: /Correct the entry/ }).click();
  await made.getByRole("dialog").getByLabel("Vehicles waiting at the end").fill("8");
  await made.getByRole("dialog").getByRole("button", { name: "Enter it" }).click();
  await made.getByText(/8 vehicles waited at .* who joins waits about 2:00/).waitFor();
  await made.getByText(/corrected by entry/).waitFor();
  const { items } = await town.as(key, "GET", `/api/v1/checkpoints/${post}/counts`);
  assert.deepEqual(items.map((one) => one.corrected_by !== null), [true, false]);
  assert.equal(items[0].from, items[1].from, "the time of an entry that is put right stays as it was");
  await made.keyboard.press("Escape");
  await made.getByText(/2 lanes open/).waitFor();
  await closed(made);
});

test("a planner reads and enters nothing; a count that cannot be is not sent; a fault is told with the way out", async () => {
  const made = await signedInPage(open, town, "P1", "/plan/checkpoints", { theme: "light" });
  await made.getByRole("button", { name: "North Gate" }).click();
  await made.getByText(/Lanes and counts are entered by/).waitFor();
  assert.equal(await made.getByRole("button", { name: "Enter a count…" }).count(), 0);
  assert.deepEqual(await serious(made), []);
  await picture(made, "plan-checkpoint-planner-light");
  await made.route("**/checkpoints/*/counts*", (route) => route.abort());
  await made.getByRole("button", { name: /All checkpoints/ }).click();
  await made.getByRole("button", { name: "North Gate" }).click();
  await made.getByRole("alert").first().waitFor();
  await made.unroute("**/checkpoints/*/counts*");
  await made.getByRole("alert").getByRole("button").first().click();
  await made.getByText(/corrected by entry/).waitFor();
  await closed(made);
  const keeps = await signedInPage(open, town, "C1", "/plan/checkpoints");
  await keeps.getByRole("button", { name: "North Gate" }).click();
  await keeps.keyboard.press("c");
  const dialog = keeps.getByRole("dialog");
  const tomorrow = new Date(Date.now() + 30 * HOUR).toISOString().slice(0, 16);
  await dialog.getByLabel("Until", { exact: true }).fill(tomorrow);
  await dialog.getByText(/The end is after the start/).waitFor();
  assert.equal(await dialog.getByRole("button", { name: "Enter it" }).isDisabled(), true);
  await closed(keeps);
});

test("checkpoints in Chinese on a phone, dark and light", async () => {
  for (const theme of ["dark", "light"]) {
    const made = await signedInPage(open, town, "C1", "/plan/checkpoints", { size: PHONE, language: "zh", theme });
    await made.getByRole("button", { name: "北门检查站" }).click();
    await made.getByRole("heading", { name: "分时通道测算" }).waitFor();
    assert.deepEqual(await serious(made), []);
    assert.equal(await made.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, "nothing runs off the side");
    await picture(made, `plan-checkpoint-phone-zh-${theme}`);
    await closed(made);
  }
});
