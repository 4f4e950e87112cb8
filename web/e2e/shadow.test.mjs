// A policy watched beside those who send units: set on the page, scored from real dispatches, looked at in both languages, ended.
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
  await town.person("C1", "dispatcher");
  key = await town.key("crews", "dispatcher", "duty_officer", "planner", "call_taker", "crew");
  await town.crews(key, 12);
});

after(async () => {
  await open?.close();
  await town?.stop();
});

/** A call at a post, and the unit of that rank of what is recommended sent to it. */
async function sent(post, rank) {
  const body = { source: "call", reported: null, kind: "noise", priority: null, at: post.at, area: null, address: null, hazards: [], text: null };
  const { incident } = await town.as(key, "POST", "/api/v1/incidents", body);
  const advice = await town.as(key, "POST", "/api/v1/recommendations", { incident });
  const { unit } = advice.candidates[rank];
  await town.as(key, "POST", `/api/v1/incidents/${incident}/assignments`, { unit, recommendation: advice.id });
  return incident;
}

const section = (made, name) => made.getByRole("region", { name });

test("a policy is watched, what it would have sent is scored, and it is ended", async () => {
  const made = await signedInPage(open, town, "D1", "/plan/what-if");
  const shadow = section(made, "A policy beside the live one");
  await shadow.getByText("No policy is watched now.").waitFor();
  await shadow.getByText("No dispatch to compare in this time.").waitFor();
  await shadow.getByLabel("Policy").selectOption("closest");
  await shadow.getByRole("button", { name: "Watch it" }).click();
  await shadow.getByText(/the closest by road: since/).waitFor();
  const { items } = await town.as(key, "GET", "/api/v1/posts");
  const first = await sent(items[0], 1);
  await sent(items[1], 0);
  await shadow.getByText("50%").waitFor({ timeout: 30_000 });
  assert.equal(await shadow.locator("caption").count(), 1);
  await shadow.locator("summary").click();
  await shadow.getByText(/it would have sent/).waitFor();
  assert.deepEqual(await serious(made), []);
  await shadow.scrollIntoViewIfNeeded();
  await picture(made, "shadow-dark");
  await shadow.getByRole("button", { name: "End" }).click();
  await shadow.getByText("No policy is watched now.").waitFor();
  await shadow.getByRole("link", { name: `Incident ${first}` }).click();
  await made.waitForURL(`${town.base}/`);
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("it is read in Chinese, on a telephone, by light", async () => {
  const made = await signedInPage(open, town, "D1", "/plan/what-if", { size: PHONE, language: "zh", theme: "light" });
  const shadow = section(made, "策略并行观察");
  await shadow.getByText("道路最近 · ", { exact: false }).waitFor();
  assert.deepEqual(await serious(made), []);
  await shadow.locator("caption").first().scrollIntoViewIfNeeded();
  await picture(made, "shadow-phone-light-zh");
  assert.deepEqual(made.faults, []);
  await made.context().close();
});
