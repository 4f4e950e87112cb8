// What the settings say to those who may not, to those who must, and of very many: refusals, broken glass, three thousand accounts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, page, picture } from "./browser.mjs";
import { checked } from "./axe.mjs";
import { Town } from "./town.mjs";

let town;
let open;

before(async () => {
  town = await Town.start();
  open = await browser();
  await town.person("O1", "duty_officer", "commander");
  await town.person("D1", "dispatcher");
});

after(async () => {
  await open?.close();
  await town?.stop();
});

/** A page on which somebody is signed in: the session is made by the door, since sign-in by page has a test of its own. */
async function as(staff, path, options = {}) {
  const made = await page(open, town.base, options);
  const { cookie } = staff === "A1" ? await administrator() : await town.signedIn(staff);
  const [name, value] = cookie.split(/=(.*)/s);
  await made.context().addCookies([{ name, value, url: town.base }]);
  await made.goto(`${town.base}${path}`);
  return made;
}

/** The administrator's session, made once: codes are taken once each. */
const administrator = () => town.administrator();

async function closed(made) {
  assert.deepEqual(made.faults, []);
  await made.context().close();
}

test("glass is broken and mended", async () => {
  const made = await as("O1", "/settings/account");
  await made.getByLabel("Reason").fill("radio_down");
  await made.getByRole("button", { name: "Break glass" }).click();
  await made.getByRole("dialog").getByRole("button", { name: "Break glass" }).click();
  await made.getByText("You have broken glass, until").waitFor();
  await picture(made, "settings-glass");
  await made.getByRole("button", { name: "Mend glass" }).first().click();
  await made.getByRole("button", { name: "Break glass" }).waitFor();
  await closed(made);
});

test("what a role may not is said, with the way to a second factor", async () => {
  const made = await as("D1", "/settings/people");
  await made.getByText("This needs your second factor").waitFor();
  assert.match(await made.locator('a[href="/settings/people"]').textContent(), /For Administrator/);
  await checked(made);
  await picture(made, "settings-refused");
  await closed(made);
});

test("three thousand accounts stay quick to look through", async () => {
  const made = await page(open, town.base);
  const { cookie } = await administrator();
  const [name, value] = cookie.split(/=(.*)/s);
  await made.context().addCookies([{ name, value, url: town.base }]);
  const many = Array.from({ length: 3_000 }, (_, at) => ({
    staff: `S${at}`, force: "police", accepted: true, disabled: false, second_factor: false, roles: [{ role: "crew", area: 0 }],
  }));
  await made.route("**/api/v1/accounts", (route) => route.fulfill({ json: many }));
  await made.goto(`${town.base}/settings/people`);
  await made.getByText("3,000 of 3,000").waitFor();
  assert.equal(await made.locator("tbody tr").count(), 100);
  await made.getByLabel("Find by staff number").fill("S2999");
  await made.getByText("1 of 3,000").waitFor();
  assert.equal(await made.locator("tbody tr").count(), 1);
  await closed(made);
});
