// Presence on the map: streets by how often they were passed, hot spots that wait for a visit; for those who may read figures, in both languages.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serious } from "./axe.mjs";
import { browser, page, PHONE, picture, signIn } from "./browser.mjs";
import { Town } from "./town.mjs";

let town;
let open;

before(async () => {
  town = await Town.start({ drill: ["2024-01-08T08:00:00Z", 20] });
  open = await browser();
  await town.person("D1", "call_taker", "dispatcher", "duty_officer");
  await town.person("T1", "call_taker");
});

after(async () => {
  await open?.close();
  await town?.stop();
});

test("streets and hot spots are shown by a key or a command, with what is due", async () => {
  for (const [language, theme, size] of [["en", "dark", undefined], ["zh", "light", PHONE]]) {
    const made = await page(open, town.base, { language, theme, ...(size && { size }) });
    await signIn(made, town.base, "D1");
    await made.locator(".map .ground canvas").waitFor();
    await made.keyboard.press("v");
    const legend = made.locator(".legend.presence");
    await legend.locator(".spots li").first().waitFor();
    await legend.locator(".bands li").nth(3).waitFor();
    await legend.locator(".when", { hasText: language === "en" ? "due now" : "现在应到访" }).first().waitFor();
    await legend.getByText(language === "en" ? /% of the time is known/ : /已知时段占/).waitFor();
    await legend.getByRole("button", { name: language === "en" ? "12 h" : "12 小时" }).click();
    await legend.getByText(language === "en" ? "Streets passed, last 12 h" : "近 12 小时巡逻经过").waitFor();
    await picture(made, `presence-${language}-${theme}`);
    assert.deepEqual(await serious(made), []);
    assert.equal(await made.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, "nothing hangs over");
    if (!size) {
      await made.keyboard.press("/");
      await made.keyboard.type("v");
      await made.keyboard.press("Enter");
      await legend.waitFor({ state: "detached" });
    }
    assert.deepEqual(made.faults, []);
    await made.context().close();
  }
});

test("who may not read figures has no such key", async () => {
  const made = await page(open, town.base);
  await signIn(made, town.base, "T1");
  await made.getByText("● Live").waitFor();
  assert.equal(await made.getByRole("button", { name: "Presence" }).count(), 0);
  await made.keyboard.press("v");
  assert.equal(await made.locator(".legend").count(), 0);
  await made.context().close();
});
