// Runs the tests in a browser, one file after the other: each has towns of its own. Installs Chromium where apt can, or names what is missing.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";

const root = new URL("..", import.meta.url).pathname;
const chromium = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

function apt(...packages) {
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  for (const args of [["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "-y", "--no-install-recommends", ...packages]]) {
    const [program, ...rest] = [...sudo, ...args];
    execFileSync(program, rest, { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  }
}

function ensure() {
  if (existsSync(chromium)) return;
  for (let tries = 1; tries <= 3; tries += 1) {
    try {
      apt("chromium", "fonts-noto-cjk");
      if (existsSync(chromium)) return;
    } catch {
      console.error(`installing chromium failed (try ${tries} of 3)`);
    }
  }
  console.error("the tests of the pages need Chromium and a Chinese font: apt-get install chromium fonts-noto-cjk, or name a Chromium in CHROMIUM");
  process.exit(1);
}

ensure();
const wanted = process.argv.slice(2);
const all = (await readdir(`${root}e2e`)).filter((name) => name.endsWith(".test.mjs")).sort();
const files = (wanted.length > 0 ? all.filter((name) => wanted.some((each) => name.includes(each))) : all).map((name) => `e2e/${name}`);
const { status } = spawnSync(process.execPath, ["--test", "--test-concurrency=1", "--test-timeout=240000", "--test-reporter=spec", ...files], { cwd: root, stdio: "inherit" });
process.exit(status ?? 1);
