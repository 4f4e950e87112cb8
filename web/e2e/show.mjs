// Takes the pictures of the README: the console on a real day.
import { mkdir } from "node:fs/promises";
import { browser, page, signIn } from "./browser.mjs";
import { endDay, startDay, until } from "./day.mjs";

const docs = new URL("../../docs/pictures/", import.meta.url).pathname;
await mkdir(docs, { recursive: true });
const town = await startDay({ speed: 60, hour: 16 });
const open = await browser();
const shot = (made, name) => made.screenshot({ path: `${docs}${name}.jpg`, type: "jpeg", quality: 82 });
try {
  await town.person("D7", "call_taker", "dispatcher", "duty_officer");
  await until(town, "a dozen incidents are open", (board) => board.incidents.filter((one) => one.status === "open").length >= 12);
  const size = { width: 1360, height: 820 };
  const made = await page(open, town.base, { size, theme: "dark" });
  await signIn(made, town.base, "D7");
  await made.getByText("● Live").waitFor();
  await made.keyboard.press("r");
  await made.waitForTimeout(6_000);
  await shot(made, "console-reach");
  await made.keyboard.press("r");
  await made.keyboard.press("j");
  await made.keyboard.press("j");
  await made.waitForTimeout(5_000);
  await shot(made, "console-incident");
  const light = await page(open, town.base, { size, theme: "light", language: "zh" });
  await signIn(light, town.base, "D7", "/review");
  await light.locator(".queue button.incident").first().waitFor();
  await light.keyboard.press("Shift+ArrowLeft");
  await light.waitForTimeout(800);
  await light.keyboard.press("j");
  await light.waitForTimeout(3_000);
  await shot(light, "review-zh");
  for (const each of [made, light]) if (each.faults.length > 0) throw new Error(each.faults.join("\n"));
} finally {
  await open.close();
  await endDay(town);
}
