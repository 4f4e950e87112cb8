// What the settings say to those who may not, to those who must, and of very many: refusals, broken glass, three thousand accounts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, picture, signedInPage } from "./browser.mjs";
import { checked } from "./axe.mjs";
import { totp, Town } from "./town.mjs";

let town;
let open;

before(async () => {
  town = await Town.start();
  open = await browser();
  await town.person("O1", "duty_officer", "commander");
  await town.person("D1", "dispatcher");
  await town.person("A2", "administrator");
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

test("what a role may not is said, beforehand and when it is tried", async () => {
  const made = await as("D1", "/settings/people");
  await made.getByText("Your role does not allow this").waitFor();
  assert.match(await made.locator('a[href="/settings/people"]').textContent(), /For Administrator/);
  await checked(made);
  await picture(made, "settings-refused");
  await closed(made);
});

test("an administrator without a second factor is led to it, and is where they were afterwards", async () => {
  const made = await as("A2", "/settings/keys");
  await made.getByRole("heading", { name: "An administrator needs a second factor" }).waitFor();
  await checked(made);
  await picture(made, "settings-lead");
  await made.getByRole("button", { name: "Set it up" }).click();
  const secret = await made.getByLabel("Secret", { exact: true }).textContent();
  await made.getByLabel(/Enter the code it shows/).fill(totp(secret));
  await made.getByRole("button", { name: "Confirm" }).click();
  await made.getByRole("button", { name: "I have kept them" }).click();
  await made.getByRole("button", { name: "Make a key" }).waitFor();
  assert.equal(made.url(), `${town.base}/settings/keys`);
  await closed(made);
});

test("three thousand accounts stay quick to look through", async () => {
  const made = await as("A1", "/settings/system");
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
