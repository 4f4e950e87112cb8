// The settings by page: people, keys, devices, catalogue, policies, tours, posts, areas, the check of the city's files.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, picture, signedInPage, WIDE } from "./browser.mjs";
import { checked } from "./axe.mjs";
import { ask, PASSWORD, Town } from "./town.mjs";

const NARROW = { width: 390, height: 844 };

let town;
let open;

before(async () => {
  town = await Town.start();
  open = await browser();
  await town.person("P1", "planner");
  await town.person("O1", "duty_officer", "commander");
  const key = await town.key("tests", "dispatcher", "duty_officer", "planner");
  await town.crews(key, 6);
});

after(async () => {
  await open?.close();
  await town?.stop();
});

const as = (staff, path, options) => signedInPage(open, town, staff, path, options);

async function closed(made) {
  assert.deepEqual(made.faults, []);
  await made.context().close();
}

test("somebody is invited, gets another role, and is disabled", async () => {
  const made = await as("A1", "/settings/people");
  await made.getByRole("button", { name: "Invite somebody" }).click();
  const dialog = made.getByRole("dialog");
  await dialog.getByLabel("Staff number").fill("D9");
  await checked(made);
  await picture(made, "settings-invite");
  await dialog.getByRole("button", { name: "Invite" }).click();
  const link = await dialog.getByLabel("Invitation for D9", { exact: true }).textContent();
  assert.ok(link.startsWith(`${town.base}/accept#`), link);
  await picture(made, "settings-invitation");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await ask(town.base, "POST", "/api/v1/accept", { token: link.split("#")[1], password: PASSWORD });
  await town.signedIn("D9");
  await made.getByLabel("Find by staff number").fill("d9");
  await made.getByRole("button", { name: "Edit: D9" }).click();
  await dialog.getByLabel("Role", { exact: true }).selectOption("planner");
  await dialog.getByText("Describes units, posts and areas").waitFor();
  await picture(made, "settings-person");
  await dialog.getByRole("button", { name: "Save the roles" }).click();
  await made.getByRole("row", { name: /D9/ }).getByText("Planner (whole city)").waitFor();
  const admin = await town.administrator();
  const accounts = (await ask(town.base, "GET", "/api/v1/accounts", undefined, admin)).said;
  assert.deepEqual(accounts.find((one) => one.staff === "D9").roles, [{ role: "planner", area: 0 }]);
  await made.getByRole("button", { name: "Edit: D9" }).click();
  await dialog.getByRole("button", { name: "Disable" }).click();
  await made.getByRole("dialog", { name: "Disable" }).getByRole("button", { name: "Disable" }).click();
  await made.getByRole("row", { name: /D9/ }).getByText("disabled").waitFor();
  await assert.rejects(town.signedIn("D9"), /disabled/);
  await closed(made);
});

test("a key is made, shown once, and revoked", async () => {
  const made = await as("A1", "/settings/keys");
  await made.getByRole("button", { name: "Make a key" }).click();
  const dialog = made.getByRole("dialog");
  await dialog.getByLabel("Name").fill("radio_gateway");
  await dialog.getByLabel("Role", { exact: true }).selectOption("auditor");
  await dialog.getByRole("button", { name: "Make a key" }).click();
  const key = await dialog.getByLabel(/^The key of/).first().textContent();
  await picture(made, "settings-key-once");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await town.as(key, "GET", "/api/v1/board");
  await checked(made);
  await made.getByRole("button", { name: /Revoke: .*radio_gateway/ }).click();
  await made.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await made.getByRole("row", { name: /radio_gateway/ }).getByText("revoked", { exact: true }).waitFor();
  await assert.rejects(town.as(key, "GET", "/api/v1/board"), /401/);
  await picture(made, "settings-keys");
  await closed(made);
});

test("policies are refused at their line, and taken once they are mended", async () => {
  const made = await as("A1", "/settings/policies");
  const editor = made.getByLabel("Policies, in Cedar");
  await made.getByText("Nothing differs from those built in").waitFor();
  const text = await editor.inputValue();
  const lines = text.split("\n").length;
  await editor.fill(`${text}\npermit (principal is Nobody, action, resource);\n`);
  await made.getByRole("button", { name: "Check and put in force" }).click();
  await made.getByRole("dialog").getByRole("button", { name: "Check and put in force" }).click();
  const alert = made.getByRole("alert");
  await alert.waitFor();
  assert.match(await alert.textContent(), new RegExp(`line ${lines + 1}`));
  assert.match(await made.locator(".editor pre b").first().textContent(), new RegExp(String(lines + 1)));
  await checked(made);
  await picture(made, "settings-policies-refused");
  // Said in Chinese too, with nothing of it left in English but the name.
  await made.getByRole("button", { name: "中文" }).click();
  await made.getByRole("alert").getByText(`第 ${lines + 1} 行`).waitFor();
  const inner = (await made.getByRole("alert").textContent()).replace("Nobody", "");
  assert.match(inner, /架构中没有这种实体类型/);
  assert.doesNotMatch(inner.slice(inner.indexOf(`第 ${lines + 1} 行`)), /[A-Za-z]{3,} [A-Za-z]{2,}/);
  await made.getByRole("button", { name: "English" }).click();
  await editor.fill(`${text}\n// Looked through by the administrator.\n`);
  await made.getByRole("button", { name: "Check and put in force" }).click();
  await made.getByRole("dialog").getByRole("button", { name: "Check and put in force" }).click();
  await made.getByRole("heading", { name: "What differs from those built in" }).waitFor();
  await made.getByRole("region", { name: "What differs from those built in" }).getByText("Looked through").waitFor();
  const { said } = await ask(town.base, "GET", "/api/v1/policies", undefined, await town.administrator());
  assert.ok(said.text.endsWith("// Looked through by the administrator.\n"));
  await closed(made);
});

test("a device is enrolled with the code of the page", async () => {
  const made = await as("O1", "/settings/devices");
  await made.getByLabel("Unit", { exact: true }).selectOption({ label: "E2" });
  await made.getByRole("button", { name: "Make a code" }).click();
  const code = await made.getByLabel("Code for E2", { exact: true }).textContent();
  const { said } = await ask(town.base, "POST", "/api/v1/devices", { code });
  assert.equal(said.unit, 2);
  await checked(made);
  await picture(made, "settings-devices");
  await closed(made);
});

test("the catalogue is edited: a fault stands at its row, and what changes is shown before it is saved", async () => {
  const made = await as("P1", "/settings/catalogue");
  await made.getByRole("button", { name: "Add a row" }).click();
  await made.getByLabel("Code 1", { exact: true }).fill("drone seen");
  await made.getByText("A code is 1 to 23 letters").waitFor();
  assert.equal(await made.getByRole("button", { name: "Look through and save" }).isDisabled(), true);
  await picture(made, "settings-catalogue-wrong");
  await made.getByLabel("Code drone seen").fill("drone_seen");
  await made.getByLabel("English drone_seen").fill("Drone where none may fly");
  await made.getByLabel("Chinese drone_seen").fill("无人机违规飞行");
  await made.getByLabel("Needs drone_seen").fill("2 patrol, 1 kite");
  await made.getByText("kite is not among the capabilities").waitFor();
  await made.getByLabel("Needs drone_seen").fill("2 patrol, 1 boat");
  await checked(made);
  await made.getByRole("button", { name: "Look through and save" }).click();
  const dialog = made.getByRole("dialog");
  assert.equal(await dialog.getByRole("row").count(), 1);
  await dialog.getByText("types.drone_seen").waitFor();
  await picture(made, "settings-catalogue-review");
  await dialog.getByRole("button", { name: "Replace the catalogue" }).click();
  await made.getByText("Nothing is changed yet").waitFor();
  const { said } = await ask(town.base, "GET", "/api/v1/catalogue", undefined, await town.signedIn("P1"));
  const type = said.types.find((one) => one.code === "drone_seen");
  assert.deepEqual(type.needs, [{ capability: "patrol", units: 2 }, { capability: "boat", units: 1 }]);
  for (const tab of ["Grades of place", "Clocks", "Rules", "Reasons"]) {
    await made.getByRole("tab", { name: tab }).click();
    await checked(made);
  }
  await closed(made);
});

test("the server's refusal of a catalogue stands at the row it names", async () => {
  const made = await as("P1", "/settings/catalogue");
  const key = await town.key("intake", "dispatcher");
  await town.as(key, "POST", "/api/v1/incidents", { kind: "noise", source: "call", at: (await town.as(key, "GET", "/api/v1/posts")).items[0].at });
  await made.getByRole("searchbox", { name: "Find" }).fill("noise");
  await made.getByRole("button", { name: "Remove: noise" }).click();
  await made.getByRole("button", { name: "Look through and save" }).click();
  await made.getByRole("dialog").getByRole("button", { name: "Replace the catalogue" }).click();
  await made.getByRole("alert").first().waitFor();
  assert.match(await made.getByRole("alert").first().textContent(), /is of type Noise, which the new catalogue lacks/);
  await closed(made);
});

test("who came first is named, and one's own is saved all the same", async () => {
  const made = await as("P1", "/settings/catalogue");
  const tags = [];
  await made.route("**/api/v1/catalogue", (route) => {
    if (route.request().method() !== "PUT") return route.continue();
    tags.push(route.request().headers()["if-match"]);
    if (tags.length > 1) return route.continue();
    const changed = [{ seq: 9, at: "2024-01-08T08:00:00Z", by: "P2", events: ["catalogue_set.1"] }];
    const json = { type: "/problems/changed", title: "Changed", status: 412, detail: "changed", changed };
    return route.fulfill({ status: 412, contentType: "application/problem+json", json });
  });
  await made.getByLabel("English noise", { exact: true }).fill("Noise at night");
  await made.getByRole("button", { name: "Look through and save" }).click();
  await made.getByRole("dialog").getByRole("button", { name: "Replace the catalogue" }).click();
  await made.getByText("Somebody changed this meanwhile").waitFor();
  await made.getByText(/^P2, /).waitFor();
  await checked(made);
  await picture(made, "settings-conflict");
  await made.getByRole("button", { name: "Save mine all the same" }).click();
  await made.getByText("Nothing is changed yet").waitFor();
  const { said } = await ask(town.base, "GET", "/api/v1/catalogue", undefined, await town.signedIn("P1"));
  assert.equal(said.types.find((one) => one.code === "noise").title.en, "Noise at night");
  // First by the record it was read at, then whatever it is by now.
  assert.match(tags[0], /^W\/"\d+"$/);
  assert.equal(tags[1], undefined);
  await closed(made);
});

test("a unit is described, a tour planned and done without", async () => {
  const made = await as("O1", "/settings/units");
  await made.getByRole("button", { name: "Add a unit" }).click();
  const dialog = made.getByRole("dialog");
  await dialog.getByLabel("Call sign").fill("E70");
  await dialog.getByLabel("Patrol", { exact: true }).check();
  await checked(made);
  await picture(made, "settings-unit");
  await dialog.getByRole("button", { name: "Save" }).click();
  await made.getByRole("row", { name: /E70/ }).waitFor();
  await picture(made, "settings-units");
  await made.goto(`${town.base}/settings/tours`);
  await made.getByRole("button", { name: "A week later" }).click();
  await made.getByRole("button", { name: "Plan a tour: E70" }).click();
  await dialog.getByLabel(/^Crew/).fill("C71, C72");
  await dialog.getByLabel("On how many days in a row").selectOption("3");
  await dialog.getByRole("button", { name: "Plan a tour" }).click();
  const tours = made.getByRole("row", { name: /E70/ }).getByRole("button", { name: "08:00–16:00" });
  await tours.nth(2).waitFor();
  assert.equal(await tours.count(), 3);
  await checked(made);
  await picture(made, "settings-tours");
  await tours.first().click();
  await dialog.getByRole("button", { name: "Do without it" }).click();
  await dialog.getByLabel("Reason").waitFor();
  await dialog.getByRole("button", { name: "Do without it" }).click();
  await made.waitForFunction(() => [...document.querySelectorAll("tr")].find((row) => row.textContent.startsWith("E70"))?.querySelectorAll(".tour").length === 2);
  await closed(made);
});

test("who crews a unit and when a post is manned is shown, and stays when something else is changed", async () => {
  const planner = await town.signedIn("P1");
  const made = await as("P1", "/settings/units");
  await made.getByRole("button", { name: "Edit: E1", exact: true }).click();
  const dialog = made.getByRole("dialog");
  assert.equal(await dialog.getByLabel(/^Crew when no tour/).inputValue(), "C11, C12");
  await checked(made);
  await picture(made, "settings-unit-members");
  await dialog.getByLabel("Call sign").fill("E1A");
  await dialog.getByRole("button", { name: "Save" }).click();
  await made.getByRole("row", { name: /E1A/ }).waitFor();
  const unit = (await ask(town.base, "GET", "/api/v1/units/1", undefined, planner)).said;
  assert.deepEqual([unit.call_sign, unit.members.map((one) => one.staff)], ["E1A", ["C11", "C12"]]);

  const post = (await ask(town.base, "GET", "/api/v1/posts", undefined, planner)).said.items[0];
  const { kind, area, at, level, name } = post;
  // Nights from 22 to 6; then hours that are no span a day.
  const nights = "fc0003".repeat(7);
  const split = "f0f0f0".repeat(7);
  for (const hours of [nights, split]) {
    await ask(town.base, "PUT", `/api/v1/posts/${post.post}`, { kind, area, at, level, name, hours }, planner);
    await made.goto(`${town.base}/settings/posts`);
    await made.getByRole("button", { name: `Edit: ${name.en}`, exact: true }).first().click();
    const chosen = dialog.getByLabel("Manned", { exact: true });
    assert.equal(await chosen.locator("option:checked").textContent(), hours === nights ? "By the week" : "As it is: 84 hours a week");
    await checked(made);
    await picture(made, `settings-post-hours-${hours === nights ? "spans" : "kept"}`);
    await dialog.getByLabel("Level").selectOption("3");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.waitFor({ state: "detached" });
    const saved = (await ask(town.base, "GET", "/api/v1/posts", undefined, planner)).said.items.find((one) => one.post === post.post);
    assert.deepEqual([saved.level, saved.hours], [3, hours]);
  }
  await closed(made);
});

test("a post is reinforced and a duty level ordered, with approver and end", async () => {
  const made = await as("O1", "/settings/posts");
  await made.getByRole("button", { name: /^Order: / }).first().click();
  const dialog = made.getByRole("dialog");
  assert.equal(await dialog.getByLabel(/Approved by/).inputValue(), "O1");
  await checked(made);
  await picture(made, "settings-post-order");
  await dialog.getByRole("button", { name: "Order" }).click();
  await made.getByText(/reinforced; Until .* approved by O1/).waitFor();
  await made.goto(`${town.base}/settings/areas`);
  await made.getByRole("button", { name: /^Order a duty level: / }).first().click();
  await dialog.getByLabel("Duty level").selectOption("l1");
  await dialog.getByRole("button", { name: "Order a duty level" }).click();
  await made.getByRole("cell", { name: "L1, the highest" }).waitFor();
  await picture(made, "settings-areas");
  await closed(made);
});

const PAGES = {
  A1: ["account", "people", "keys", "policies", "devices", "check", "system"],
  O1: ["units", "tours", "posts", "areas", "catalogue"],
};

for (const [size, theme, language] of [[WIDE, "dark", "en"], [WIDE, "light", "zh"], [NARROW, "light", "en"], [NARROW, "dark", "zh"]]) {
  test(`every page is in order, ${size.width} px, ${theme}, ${language}`, async () => {
    for (const [staff, names] of Object.entries(PAGES)) {
      const made = await as(staff, "/settings", { size, theme, language });
      for (const name of names) {
        await made.goto(`${town.base}/settings/${name}`);
        await made.locator(".settings main section").first().waitFor();
        await checked(made);
        const wider = await made.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wider <= 0, `${name} is ${wider} px wider than its page`);
        const cut = await made.evaluate(() => {
          const main = document.querySelector(".settings main");
          return main.scrollWidth - main.clientWidth;
        });
        assert.ok(cut <= 0, `the part of ${name} is ${cut} px too wide`);
        await picture(made, `settings-${name}-${size.width}-${theme}-${language}`);
      }
      await closed(made);
    }
  });
}
