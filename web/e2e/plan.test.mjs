// Sealing off an incident by keyboard, and the planning pages: rings that are found, kept and called out; posts that are dragged.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serious } from "./axe.mjs";
import { browser, PHONE, picture, signedInPage } from "./browser.mjs";
import { Town } from "./town.mjs";

let town;
let open;
let key;

before(async () => {
  town = await Town.start();
  open = await browser();
  await town.person("D1", "call_taker", "dispatcher", "duty_officer", "planner");
  key = await town.key("crews", "dispatcher", "duty_officer", "planner", "call_taker", "crew");
  await town.crews(key, 12);
});

after(async () => {
  await open?.close();
  await town?.stop();
});

/** A robbery at a post, reported just now. */
async function robbery() {
  const { items } = await town.as(key, "GET", "/api/v1/posts");
  const at = items.find((post) => post.kind === "police_station").at;
  const body = { source: "call", reported: null, kind: "robbery", priority: null, at, area: null, address: null, hazards: [], text: null };
  return (await town.as(key, "POST", "/api/v1/incidents", body)).incident;
}

/** A minute for places of each grade. */
async function aMinute(made) {
  const grades = made.locator(".find").getByLabel(/^\w+, min$/);
  await grades.first().waitFor();
  for (const grade of await grades.all()) await grade.fill("1");
}

const closed = async (made) => {
  assert.deepEqual(made.faults, []);
  await made.context().close();
};

test("an incident is sealed off by keyboard: points, who holds them, orders, standing down", async () => {
  const incident = await robbery();
  const made = await signedInPage(open, town, "D1", "/");
  await made.getByText(/● Live/).waitFor();
  const keys = made.keyboard;
  await keys.press("/");
  await keys.type(`seal ${incident}`);
  await keys.press("Enter");
  const panel = made.locator("section.seal");
  await panel.locator(".verdict").waitFor();
  await panel.getByLabel("How they travel").selectOption("foot");
  await panel.locator(".seal-points li").first().waitFor();
  assert.deepEqual(await serious(made), []);
  await picture(made, "seal-preview-dark");
  await panel.locator("h2").click();
  await keys.press("o");
  const dialog = made.getByRole("dialog");
  await dialog.getByLabel("Approved by").waitFor();
  await dialog.getByRole("button", { name: "Send the orders" }).click();
  await panel.getByText(/Being sealed off since/).waitFor();
  const { items } = await town.as(key, "GET", "/api/v1/containments");
  const ordered = items.find((one) => one.incident === incident);
  const held = ordered.points.filter((one) => one.unit !== null);
  assert.ok(held.length > 0, "units are sent to points");
  await picture(made, "seal-ordered-dark");
  await keys.press("x");
  await keys.press("Enter");
  await made.getByText("Stood down: all its units are free").waitFor();
  const { items: left } = await town.as(key, "GET", "/api/v1/containments");
  assert.equal(left.some((one) => one.incident === incident), false);
  await closed(made);
});

test("a ring is found from a border, kept, called out and stood down", async () => {
  const made = await signedInPage(open, town, "D1", "/plan/rings");
  await made.getByText("No rings yet", { exact: true }).waitFor();
  await picture(made, "plan-rings-empty");
  await made.getByRole("button", { name: "New ring" }).click();
  const border = made.getByLabel("Border of");
  const names = await border.locator("option").allTextContents();
  await border.selectOption({ label: names[1] });
  await made.getByRole("button", { name: "Find the crossings" }).click();
  await made.locator(".crossings li").first().waitFor();
  assert.deepEqual(await serious(made), []);
  await picture(made, "plan-ring-found");
  await made.getByRole("button", { name: "Keep the ring" }).click();
  await made.getByText(/manned now/).waitFor();
  await made.getByRole("button", { name: "Call out" }).click();
  await made.getByRole("dialog").getByRole("button", { name: "Call out" }).click();
  await made.getByText(/Called out at L2/).waitFor();
  await picture(made, "plan-ring-called-out");
  await made.getByRole("button", { name: "Stand down" }).click();
  await made.keyboard.press("Enter");
  await made.getByText("not called out").waitFor();
  await closed(made);
});

test("posts are dragged, the best are found with proof and proposed; a second person is needed", async () => {
  const made = await signedInPage(open, town, "D1", "/plan/posts");
  await made.locator(".cover-table").first().waitFor();
  await made.locator(".draft-post").first().waitFor();
  await picture(made, "plan-posts-today");
  assert.deepEqual(await serious(made), []);
  const post = await made.locator(".draft-post").first().boundingBox();
  await made.mouse.move(post.x + 8, post.y + 8);
  await made.mouse.down();
  await made.mouse.move(post.x + 68, post.y + 38, { steps: 6 });
  await made.mouse.up();
  await made.getByText(/of demand is reached sooner/).waitFor();
  await picture(made, "plan-posts-dragged");
  await made.getByRole("button", { name: "Back to today" }).click();
  await made.getByText(/of demand is reached sooner/).waitFor({ state: "detached" });
  await made.getByText("Have posts chosen").click();
  await aMinute(made);
  await made.getByLabel("More posts").fill("2");
  await made.getByLabel("Days the demand is of").fill("2024-01-08");
  await made.getByRole("button", { name: "Find the best" }).click();
  await made.getByText(/No better plan is possible: proven|from the best/).first().waitFor({ timeout: 60_000 });
  await made.getByRole("button", { name: "Show it on the map" }).click();
  await made.getByText(/of demand is reached sooner/).waitFor();
  await picture(made, "plan-posts-found");
  assert.deepEqual(await serious(made), []);
  await made.getByRole("button", { name: "Propose it" }).click();
  const dialog = made.getByRole("dialog");
  await dialog.getByLabel("Name in English").fill("Two more");
  await dialog.getByRole("button", { name: "Propose it" }).click();
  await made.getByText("Somebody else approves it: you proposed it.").waitFor({ timeout: 60_000 });
  await made.getByRole("button", { name: "Approve" }).waitFor();
  assert.equal(await made.getByRole("button", { name: "Approve" }).isDisabled(), true);
  await picture(made, "plan-posts-proposed");
  await closed(made);
});

test("the planner is asked with money, people, places, least cover and hours; what holds it back is told", async () => {
  await robbery();
  const made = await signedInPage(open, town, "D1", "/plan/posts");
  await made.locator(".draft-post").first().waitFor();
  const find = made.locator(".find");
  await made.getByText("Have posts chosen").click();
  await aMinute(made);
  await find.getByLabel("More posts").fill("6");
  await find.getByLabel("Days the demand is of").fill("2024-01-08");
  await find.getByText("Money, people, shares").click();
  await find.getByLabel("Money for all posts").fill("25");
  await find.getByRole("group", { name: "Each post that is added" }).getByLabel("Money").fill("10");
  await find.getByRole("group", { name: "Each post that is added" }).getByLabel("People").fill("4");
  await find.getByText(/^Posts of today, /).click();
  const terms = find.locator(".terms");
  await terms.getByLabel(/^It: /).first().selectOption("may");
  await terms.getByLabel(/^People: /).first().fill("12");
  await find.getByText("Where none may be added").click();
  await find.getByLabel("How near, m").fill("300");
  await find.getByRole("button", { name: "Not near a place…" }).click();
  const map = await made.locator(".map-box").boundingBox();
  await made.mouse.click(map.x + map.width / 2 + 37, map.y + map.height / 2 + 61);
  await find.getByText("Place 1").waitFor();
  await made.locator(".barred-place").waitFor();
  await find.getByText("Least cover of areas").click();
  await find.getByLabel("Area", { exact: true }).selectOption({ index: 1 });
  await find.getByLabel("At least, %").fill("5");
  await find.getByRole("button", { name: "Add", exact: true }).click();
  await find.getByText(/: at least 5%/).waitFor();
  await find.getByText("Weights by hour").click();
  await find.getByLabel("Weigh the hours of the day").check();
  await find.getByRole("group", { name: "Band 1" }).getByLabel("Counts, times").fill("4");
  await find.getByText("Hours of no band count once.").waitFor();
  assert.deepEqual(await serious(made), []);
  await picture(made, "plan-find-limits");
  await find.getByRole("button", { name: "Find the best" }).click();
  await made.getByText(/No better plan is possible: proven|from the best/).first().waitFor({ timeout: 60_000 });
  await made.getByText("What holds it back").waitFor();
  await made.getByText(/The money: 20 of 25 is taken/).waitFor();
  await made.getByText(/Money 20, people/).waitFor();
  await made.getByText(/calls? by hour of the day/).waitFor();
  await made.getByText("What holds it back").scrollIntoViewIfNeeded();
  assert.deepEqual(await serious(made), []);
  await picture(made, "plan-find-limits-came");
  await closed(made);
});

test("a post of the draft has hours, and its cover is that of the hour that is looked at", async () => {
  const made = await signedInPage(open, town, "D1", "/plan/posts");
  await made.locator(".draft-post").first().waitFor();
  await made.locator(".draft-post").first().click();
  await made.locator(".chosen-post").getByLabel("Manned").selectOption("weekly");
  await made.locator(".chosen-post").getByLabel("Monday from").selectOption("8");
  await made.getByRole("img", { name: /Cover over the week/ }).waitFor();
  const share = () => made.locator(".cover-table strong").first().textContent();
  await made.getByLabel("Hour", { exact: true }).selectOption("9");
  await made.locator(".week .now").waitFor();
  const by_day = await share();
  const told = made.waitForResponse((response) => response.url().endsWith("/planning/cover") && response.request().postDataJSON().hour === 3);
  await made.getByLabel("Hour", { exact: true }).selectOption("3");
  await told;
  await made.waitForFunction((was) => document.querySelector(".cover-table strong")?.textContent !== was, by_day);
  await picture(made, "plan-posts-by-hour");
  await closed(made);
});

test("what if: the day on record is tried with a post moved, the difference says how sure it is, and both days are watched", async () => {
  await robbery();
  const made = await signedInPage(open, town, "D1", "/plan/what-if");
  await made.getByLabel("Calls of").waitFor();
  await made.getByLabel("How often").fill("3");
  await made.getByLabel("Off duty at night, 22 to 06").selectOption(["1", "2"]);
  const district = made.getByLabel("Figures of one area besides");
  const named = await district.locator("option").nth(1).textContent();
  await district.selectOption({ index: 1 });
  await picture(made, "plan-what-if");
  assert.deepEqual(await serious(made), []);
  await made.getByRole("button", { name: "Try both" }).click();
  await made.getByText("What it changes").first().waitFor({ timeout: 60_000 });
  const inIt = made.locator("section", { has: made.getByRole("heading", { name: `Calls in ${named}, whoever came to them` }) }).last();
  await inIt.locator("tbody tr").first().waitFor();
  await picture(made, "plan-what-if-done");
  assert.deepEqual(await serious(made), []);
  await made.getByRole("button", { name: "Watch both days" }).click();
  const dialog = made.getByRole("dialog");
  await dialog.locator(".day-map canvas").nth(1).waitFor();
  await dialog.getByRole("button", { name: "×300" }).click();
  await dialog.getByRole("slider").waitFor();
  await picture(made, "plan-what-if-watch");
  await closed(made);
});

test("the planning pages in Chinese, on a phone", async () => {
  const made = await signedInPage(open, town, "D1", "/plan/rings", { size: PHONE, language: "zh", theme: "light" });
  await made.getByRole("tab", { name: "圈层" }).waitFor();
  await picture(made, "plan-rings-phone-zh");
  assert.deepEqual(await serious(made), []);
  await closed(made);
});
