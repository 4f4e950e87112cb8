// The browser, and pictures of what it shows.
import { mkdir } from "node:fs/promises";
import { chromium } from "playwright-core";
import { PASSWORD } from "./town.mjs";

const pictures = new URL("pictures/", import.meta.url).pathname;

// No graphics card where tests run: WebGL is drawn by software.
const FLAGS = [
  "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist",
];

export async function browser() {
  return chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: FLAGS });
}

export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 360, height: 720 };

/** A page that fails the test when a script fails in it or a request leaves the server's own origin. */
export async function page(open, base, { size = WIDE, language = "en", theme = "dark", ...more } = {}) {
  const context = await open.newContext({ viewport: size, locale: language === "zh" ? "zh-CN" : "en-GB", serviceWorkers: "allow", ...more });
  await context.addInitScript(
    ([wanted, shade]) => {
      localStorage.setItem("language", wanted);
      localStorage.setItem("theme", shade);
    },
    [language, theme],
  );
  const made = await context.newPage();
  made.faults = [];
  made.on("pageerror", (error) => made.faults.push(String(error)));
  made.on("console", (message) => {
    if (message.type() === "error" && !/Failed to load resource|WebSocket connection/.test(message.text())) made.faults.push(message.text());
  });
  made.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(base) && !/^(data|blob):/.test(url) && !url.startsWith(base.replace("http", "ws"))) made.faults.push(`asks elsewhere: ${url}`);
  });
  return made;
}

export async function signIn(made, base, staff, path = "/") {
  await made.goto(`${base}${path}`);
  await made.getByLabel(/Staff number|工号/).fill(staff);
  await made.getByLabel(/^(Password|密码)$/).fill(PASSWORD);
  await made.keyboard.press("Enter");
}

/** A page on which somebody is signed in already: the session is made by the door, since sign-in by page has a test of its own. */
export async function signedInPage(open, town, staff, path, options = {}) {
  const made = await page(open, town.base, options);
  const { cookie } = staff === "A1" ? await town.administrator() : await town.signedIn(staff);
  const [name, value] = cookie.split(/=(.*)/s);
  await made.context().addCookies([{ name, value, url: town.base }]);
  await made.goto(`${town.base}${path}`);
  return made;
}

/** Keeps a picture under e2e/pictures for somebody to look at. */
export async function picture(made, name) {
  await mkdir(pictures, { recursive: true });
  await made.screenshot({ path: `${pictures}${name}.png` });
}
