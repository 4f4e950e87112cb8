// The control room's main job in a real browser on a real town: a call is taken, a unit sent, seen to arrive, and the matter closed, by
// keyboard alone; two people at once; a line that breaks; a picture that survives the plug being pulled.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serious } from "./axe.mjs";
import { browser, page, PHONE, picture, signIn, WIDE } from "./browser.mjs";
import { Town } from "./town.mjs";

let town;
let open;
let key;

before(async () => {
  town = await Town.start();
  open = await browser();
  await town.person("D1", "call_taker", "dispatcher", "duty_officer");
  await town.person("D2", "call_taker", "dispatcher");
  key = await town.key("crews", "dispatcher", "duty_officer", "planner", "call_taker", "crew");
  await town.crews(key, 4);
});

after(async () => {
  await open?.close();
  await town?.stop();
});

/** A console that is signed in and has its picture. */
async function console_(staff, options) {
  const made = await page(open, town.base, options);
  await signIn(made, town.base, staff);
  await made.getByText(/● (Live|实时)/).waitFor();
  return made;
}

const queueRow = (made, text) => made.locator(".queue button.incident", { hasText: text });

test("a call is taken, a unit sent, seen to arrive and the matter closed, by keyboard alone", async () => {
  const made = await console_("D1");
  const keys = made.keyboard;
  await keys.press("n");
  await made.getByRole("combobox", { name: "Type" }).waitFor();
  await keys.type("burglary under");
  await keys.press("Enter");
  const street = await firstStreet();
  await keys.type(street);
  await made.locator(".combo li").first().waitFor();
  await keys.press("Enter");
  await made.locator(".candidates li").first().waitFor();
  await picture(made, "operate-intake-dark");
  assert.deepEqual(await serious(made), []);
  await keys.press("Control+Shift+Enter");
  const sheet = made.locator("section.sheet");
  await sheet.locator(".tasks .status", { hasText: "Dispatched" }).nth(1).waitFor();
  const number = Number((await sheet.locator("header .number").textContent()).slice(1));
  const sent = await made.locator(".tasks .name").allTextContents();
  assert.equal(sent.length, 2, "a burglary under way takes two units");
  assert.equal(await queueRow(made, `#${number}`).count(), 1);
  await keys.press("/");
  await keys.type(`os ${sent[0]} ${sent[1]}`);
  await keys.press("Enter");
  await sheet.locator(".tasks .status", { hasText: "On scene" }).nth(1).waitFor();
  await picture(made, "operate-on-scene-dark");
  await keys.press("e");
  await keys.type("the back door stands open");
  await keys.press("Control+Enter");
  await sheet.locator(".timeline li", { hasText: "Note" }).waitFor();
  await keys.press("t");
  await sheet.getByText("the back door stands open").waitFor();
  await keys.press("/");
  await keys.type(`clr ${sent[0]} ${sent[1]}`);
  await keys.press("Enter");
  await sheet.locator(".tasks li.ended").nth(1).waitFor();
  await keys.press("c");
  await keys.type("case");
  await keys.press("Enter");
  await sheet.locator(".state", { hasText: "closed: Case opened" }).waitFor();
  await picture(made, "operate-closed-dark");
  assert.equal(await queueRow(made, `#${number}`).count(), 0);
  const incident = await town.as(key, "GET", `/api/v1/incidents/${number}`);
  assert.equal(incident.status, "closed");
  assert.equal(incident.ending, "case_opened");
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

/** A street of the town that place search knows. */
async function firstStreet() {
  const found = await town.as(key, "GET", "/api/v1/search?q=road&limit=1").catch(() => []);
  return found[0]?.label ?? "1";
}

/** An incident taken in by a program. */
async function call(kind = "noise", shift = 0) {
  const posts = (await town.as(key, "GET", "/api/v1/posts")).items;
  const [lon, lat] = posts[0].at;
  const body = { source: "call", kind, at: [lon + 0.004 + shift, lat + 0.003], priority: null, area: null, address: null, hazards: [], text: null, reported: null };
  return (await town.as(key, "POST", "/api/v1/incidents", body)).incident;
}

test("an incident that is gone to is in sight when its sheet has opened, wherever the map was", async () => {
  const made = await console_("D1");
  const posts = (await town.as(key, "GET", "/api/v1/posts")).items;
  const numbers = [];
  for (const post of posts.slice(0, 6)) {
    const body = { source: "call", kind: "noise", at: post.at, priority: null, area: null, address: null, hazards: [], text: null, reported: null };
    numbers.push((await town.as(key, "POST", "/api/v1/incidents", body)).incident);
  }
  const inSight = async (incident) => {
    const { at } = await town.as(key, "GET", `/api/v1/incidents/${incident}`);
    await made.waitForFunction(([lon, lat]) => {
      const [west, south, east, north] = (document.querySelector(".map .ground")?.dataset.bounds ?? "").split(" ").map(Number);
      const [wide, high] = [(east - west) / 100, (north - south) / 100];
      return lon > west + wide && lon < east - wide && lat > south + high && lat < north - high && wide < 0.0005;
    }, at, { timeout: 20_000 });
  };
  for (const incident of numbers) {
    await queueRow(made, `#${incident}`).click();
    await made.locator("section.sheet header .number", { hasText: `#${incident}` }).waitFor();
    await inSight(incident);
    // Closed, so that the next sheet makes the map narrower while it is on its way.
    await made.keyboard.press("Escape");
    await made.locator("section.sheet").waitFor({ state: "detached" });
  }
  await made.context().close();
  for (const incident of numbers) await town.as(key, "POST", `/api/v1/incidents/${incident}/cancel`, { reason: "duplicate" });
});

test("two people see the same, at once", async () => {
  const [one, two] = [await console_("D1"), await console_("D2", { theme: "light" })];
  const incident = await call("noise", 0.01);
  for (const made of [one, two]) await queueRow(made, `#${incident}`).click();
  await one.locator("section.sheet .candidates li").first().waitFor();
  await one.keyboard.press("1");
  await two.locator("section.sheet .tasks li").first().waitFor();
  assert.equal(await two.locator("section.sheet .tasks li").count(), 1);
  await picture(two, "operate-second-light");
  assert.deepEqual(await serious(two), []);
  // What somebody else does takes nobody's focus and nobody's words.
  await two.keyboard.press("/");
  await two.keyboard.type("note ");
  await call("noise", 0.012);
  await queueRow(two, "Noise").nth(1).waitFor();
  assert.equal(await two.locator("#command-line").inputValue(), "note ");
  assert.equal(await two.evaluate(() => document.activeElement?.id), "command-line");
  assert.deepEqual([...one.faults, ...two.faults], []);
  await one.context().close();
  await two.context().close();
});

test("units for several incidents that wait are sent together", async () => {
  const made = await console_("D1");
  const two = [await call("noise", 0.016), await call("noise", 0.03)];
  for (const incident of two) await queueRow(made, `#${incident}`).waitFor();
  await made.keyboard.press("w");
  await made.locator(".joint tbody tr").nth(1).waitFor();
  await picture(made, "operate-joint");
  assert.deepEqual(await serious(made), []);
  await made.keyboard.press("Enter");
  const sent = async () => {
    const all = await Promise.all(two.map((incident) => town.as(key, "GET", `/api/v1/incidents/${incident}`)));
    return all.map((one) => one.assignments.length);
  };
  for (let tries = 0; tries < 40 && (await sent()).some((count) => count === 0); tries += 1) await made.waitForTimeout(250);
  assert.deepEqual(await sent(), [1, 1]);
  for (const incident of two) await town.as(key, "POST", `/api/v1/incidents/${incident}/resolve`, { disposition: "dealt_with" }).catch(() => {});
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("a line that breaks is shown, the picture stays, and all resumes by itself", async () => {
  const made = await console_("D1");
  const before_ = await call("fire", 0.02);
  await queueRow(made, `#${before_}`).waitFor();
  await town.kill();
  await made.getByText(/Line lost/).waitFor({ timeout: 20_000 });
  assert.equal(await queueRow(made, `#${before_}`).count(), 1, "the last picture stays");
  await picture(made, "operate-line-lost");
  await town.serve();
  await made.getByText("● Live").waitFor({ timeout: 20_000 });
  const after_ = await call("fire", 0.022);
  await queueRow(made, `#${after_}`).waitFor();
  await made.context().close();
});

test("a picture of an incident is shown once the look is on record", async () => {
  const made = await console_("D1");
  const incident = await call("noise", 0.014);
  const jpeg = await made.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 64;
    const context = canvas.getContext("2d");
    context.fillStyle = "teal";
    context.fillRect(8, 8, 48, 48);
    return canvas.toDataURL("image/jpeg").split(",")[1];
  });
  const response = await fetch(`${town.base}/api/v1/incidents/${incident}/media`, {
    method: "POST", body: Buffer.from(jpeg, "base64"),
    headers: { authorization: `Bearer ${key}`, "content-type": "image/jpeg", "idempotency-key": crypto.randomUUID() },
  });
  assert.equal(response.status, 200, await response.text());
  await queueRow(made, `#${incident}`).click();
  await made.getByRole("button", { name: "Show the picture" }).click();
  const shown = made.locator(".pictures img");
  await shown.waitFor();
  assert.equal(await shown.evaluate((image) => image.naturalWidth), 64);
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("an officer's call for help cannot be missed, and is answered with one key", async () => {
  const made = await console_("D1");
  await town.as(key, "POST", "/api/v1/units/3/sos", { at: null });
  const alarm = made.locator(".alarms .sos");
  await alarm.waitFor();
  await made.waitForTimeout(300);
  await picture(made, "operate-sos");
  await made.keyboard.press("a");
  await alarm.getByRole("button", { name: "Close the call for help" }).waitFor();
  assert.deepEqual(await serious(made), []);
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("everything is there in Chinese, and on a narrow screen", async () => {
  const made = await console_("D1", { language: "zh", theme: "light" });
  await made.keyboard.press("j");
  await made.getByRole("heading", { name: "处置经过" }).waitFor();
  await made.waitForTimeout(800);
  await picture(made, "operate-zh-light");
  // What the server refuses is said in the language of the page, and calls units as people do.
  await made.keyboard.press("/");
  await made.keyboard.type("back E1");
  await made.keyboard.press("Enter");
  await made.getByRole("alert").getByText("E1 并未暂停勤务。").waitFor();
  await picture(made, "operate-refused-zh");
  await made.keyboard.press("?");
  await made.getByRole("heading", { name: "快捷键" }).waitFor();
  await picture(made, "operate-help-zh");
  await made.keyboard.press("Escape");
  await made.setViewportSize(PHONE);
  await made.waitForTimeout(500);
  await picture(made, "operate-zh-narrow");
  await made.setViewportSize(WIDE);
  assert.deepEqual(made.faults, []);
  await made.context().close();
});
