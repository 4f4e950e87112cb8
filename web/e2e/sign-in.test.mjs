// Signing in as a person does: first run, invitation, second factor, wrong passwords and the wait after them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, page, picture, WIDE } from "./browser.mjs";
import { checked } from "./axe.mjs";
import { ask, PASSWORD, totp, Town } from "./town.mjs";

const NARROW = { width: 390, height: 844 };

let town;
let open;

before(async () => {
  town = await Town.start();
  open = await browser();
});

after(async () => {
  await open?.close();
  await town?.stop();
});

async function enter(made, staff, password) {
  await made.getByLabel(/^(Staff number|工号)$/).fill(staff);
  await made.getByLabel(/^(Password|密码)$/).fill(password);
  await made.keyboard.press("Enter");
}

let secret;
let recovery;

test("the first run leads to an administrator with a second factor", async () => {
  const made = await page(open, town.base);
  await made.goto(`${town.base}/set-up#${town.token}`);
  await made.getByLabel("Staff number").fill("A1");
  await made.getByLabel("Password", { exact: true }).fill("too short");
  await made.getByLabel("The password again").focus();
  await made.getByText("3 characters to go").waitFor();
  assert.equal(await made.getByRole("button", { name: "Go on" }).isDisabled(), true);
  await checked(made);
  await picture(made, "first-run");
  await made.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await made.getByLabel("The password again").fill(PASSWORD);
  await made.getByRole("button", { name: "Go on" }).click();
  await made.waitForURL(`${town.base}/settings/account`);
  await made.getByRole("button", { name: "Set it up" }).click();
  await made.getByRole("img", { name: "QR code of the second factor" }).waitFor();
  secret = await made.getByLabel("Secret", { exact: true }).textContent();
  await checked(made);
  await picture(made, "factor");
  await made.getByLabel(/Enter the code it shows/).fill("000000");
  await made.getByRole("button", { name: "Confirm" }).click();
  await made.getByRole("alert").waitFor();
  await made.getByLabel(/Enter the code it shows/).fill(totp(secret));
  await made.getByRole("button", { name: "Confirm" }).click();
  const codes = made.getByRole("list", { name: "Codes to recover with" }).getByRole("listitem");
  await codes.first().waitFor();
  recovery = await codes.allTextContents();
  assert.ok(recovery.length >= 8, `${recovery.length} codes`);
  await checked(made);
  await picture(made, "recovery-codes");
  await made.getByRole("button", { name: "I have kept them" }).click();
  await made.getByText("Shown in this session").waitFor();
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("the code is asked for when it is needed, and a code to recover with works in its place", async () => {
  const made = await page(open, town.base, { size: NARROW, theme: "light" });
  await made.goto(`${town.base}/settings/people`);
  assert.equal(await made.getByLabel("Code of the second factor").count(), 0);
  await enter(made, "A1", PASSWORD);
  const code = made.getByLabel("Code of the second factor");
  await code.waitFor();
  await made.getByText("Your password is right").waitFor();
  await checked(made);
  await picture(made, "sign-in-code-narrow-light");
  await code.fill("123456");
  await made.keyboard.press("Enter");
  await made.getByText("That code is not right, or was used").waitFor();
  await code.fill(recovery[0]);
  await made.keyboard.press("Enter");
  // The address is as it was.
  await made.getByRole("button", { name: "Invite somebody" }).waitFor();
  assert.equal(made.url(), `${town.base}/settings/people`);
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("an invitation is accepted in Chinese, and a session that ends loses no place", async () => {
  const admin = await town.signedIn("A1", totp(secret, Date.now() + 30_000));
  const { said } = await ask(town.base, "POST", "/api/v1/accounts", { staff: "D7", force: "police", roles: [{ role: "dispatcher", area: 0 }] }, admin);
  const made = await page(open, town.base, { language: "zh" });
  await made.goto(`${town.base}/accept#${said.token}`);
  await made.getByLabel("密码", { exact: true }).fill(PASSWORD);
  await made.getByLabel("再次输入密码").fill(PASSWORD);
  await checked(made);
  await picture(made, "accept-zh");
  await made.getByRole("button", { name: "继续" }).click();
  await made.getByRole("heading", { name: "登录" }).waitFor();
  await enter(made, "D7", PASSWORD);
  await made.getByRole("link", { name: "设置" }).click();
  await made.locator('a[href="/settings/system"]').click();
  await made.getByText("可记录指令").waitFor();
  await ask(town.base, "POST", "/api/v1/accounts/D7/disable", {}, admin);
  await made.locator('a[href="/settings/posts"]').click();
  await made.getByRole("heading", { name: "登录" }).waitFor();
  await made.getByText("登录后将回到原页面").waitFor();
  assert.equal(made.url(), `${town.base}/settings/posts`);
  await enter(made, "D7", PASSWORD);
  await made.getByRole("alert").waitFor();
  await picture(made, "sign-in-disabled-zh");
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("an address without its token says so", async () => {
  const made = await page(open, town.base);
  await made.goto(`${town.base}/accept`);
  await made.getByText("This address lacks its token").waitFor();
  await checked(made);
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("wrong passwords are told plainly, and after several there is a wait that counts down", async () => {
  const made = await page(open, town.base, { size: WIDE, theme: "light" });
  await made.goto(town.base);
  await enter(made, "A1", "not the password");
  await made.getByText("Staff number and password do not belong together").waitFor();
  await checked(made);
  await picture(made, "sign-in-wrong-light");
  const wait = made.getByRole("timer");
  for (let tries = 0; tries < 20 && (await wait.count()) === 0; tries += 1) {
    const answer = made.waitForResponse(/api\/v1\/session/);
    await made.getByRole("button", { name: "Sign in" }).click();
    await answer;
    await made.waitForFunction(() => !document.querySelector("button[type=submit]")?.disabled || document.querySelector("[role=timer]"));
  }
  const first = await wait.textContent();
  assert.match(first, /again in \d+:\d\d/);
  assert.equal(await made.getByRole("button", { name: "Sign in" }).isDisabled(), true);
  await picture(made, "sign-in-wait-light");
  await made.waitForFunction((was) => document.querySelector("[role=timer]")?.textContent !== was, first);
  assert.deepEqual(made.faults, []);
  await made.context().close();
});
