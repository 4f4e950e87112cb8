// A served city with a day being played on it, for figures and pictures: San Francisco on 2024-01-08 where its data is at hand.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { program, Town } from "./town.mjs";

const root = new URL("../..", import.meta.url).pathname;
const data = [process.env["PRECINCT_DATA"], join(root, "../shared/data")].find((folder) => folder && existsSync(join(folder, "sf/sfpd_cad_5000.csv.gz")));

export const real = data !== undefined;

const ROLES = ["call_taker", "dispatcher", "duty_officer", "planner", "gateway"];

/** Starts the day at `hour`, so many times as fast as the world, with so many units (none is as many as is usual). */
export async function startDay({ speed = 60, hour = 16, units } = {}) {
  const from = `2024-01-${hour < 16 ? "08" : "09"}T${String((hour + 8) % 24).padStart(2, "0")}:00:00Z`;
  const town = await Town.start(real ? { city: join(root, "cities/san-francisco/city.toml"), drill: [from, speed] } : { drill: [from, speed] });
  const key = await town.key("play", ...ROLES);
  const calls = real ? ["--calls", join(data, "sf/sfpd_cad_5000.csv.gz"), "--from", `2024-01-08T${String(hour).padStart(2, "0")}:00`] : [];
  const args = ["play", town.city, "--server", town.base, ...calls, ...(units ? ["--units", String(units)] : [])];
  town.play = spawn(program, args, { env: { ...process.env, PRECINCT_KEY: key }, stdio: ["ignore", "ignore", "pipe"] });
  town.play.stderr.on("data", (chunk) => process.env["SHOW_PLAY"] && process.stderr.write(chunk));
  town.key_ = key;
  return town;
}

export async function endDay(town) {
  town.play?.kill("SIGTERM");
  await town.stop();
}

/** Waits until something is so on the board. */
export async function until(town, what, so, seconds = 300) {
  for (let waited = 0; waited < seconds; waited += 1) {
    const board = await town.as(town.key_, "GET", "/api/v1/board").catch(() => null);
    if (board && so(board)) return board;
    await new Promise((done) => setTimeout(done, 1_000));
  }
  throw new Error(`${what}: not so after ${seconds} s`);
}
