// A served town for the browser to look at: the real program, a real journal, real accounts. Each test has one of its own.
import { execFile, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const root = new URL("../..", import.meta.url).pathname;
export const program = resolve(root, process.env["PRECINCT"] ?? "target/quick/precinct");
const run = promisify(execFile);

/** Good enough for a town that lives for a minute. */
export const PASSWORD = "a password for tests";

/** A generated town, made once for all tests, and anew when the program that makes it is. */
async function city() {
  const folder = join(root, "build/e2e-town");
  const made = await stat(join(folder, "city.toml")).catch(() => null);
  if (!made || made.mtimeMs < (await stat(program)).mtimeMs) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(join(root, "build"), { recursive: true });
    await run(program, ["city", "generate", "--seed", "1", "--people", "30000", "-o", folder]);
  }
  return folder;
}

/** The first match of a pattern in what a process prints. */
function printed(child, pattern) {
  return new Promise((resolve, reject) => {
    let text = "";
    const read = (chunk) => {
      text += chunk;
      const found = pattern.exec(text);
      if (found) resolve(found);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("exit", (code) => reject(new Error(`the program ended with ${code}: ${text}`)));
  });
}

/** Codes by time (RFC 6238) of a secret in base 32. */
export function totp(secret, at = Date.now()) {
  const bits = [...secret.replace(/=+$/, "")].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const offset = mac[19] & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Asks the server as a program would. */
export async function ask(base, method, path, body, headers = {}) {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID(), ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const said = text && response.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text;
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return { said, cookie: response.headers.get("set-cookie")?.split(";")[0] };
}

export class Town {
  /** Starts one. `drill` is `[instant, speed]`; `city` a folder other than the generated one. */
  static async start({ drill, city: place, pages = join(root, "web/dist") } = {}) {
    const folder = await mkdtemp(join(tmpdir(), "precinct-e2e-"));
    const town = new Town();
    Object.assign(town, { folder, data: join(folder, "data"), city: place ?? (await city()), drill, pages, listen: "127.0.0.1:0" });
    await town.serve();
    return town;
  }

  async serve() {
    const drill = this.drill ? ["--drill-from", this.drill[0], "--drill-speed", String(this.drill[1])] : [];
    const args = ["serve", this.city, "--data", this.data, "--listen", this.listen, "--pages", this.pages, ...drill];
    this.child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    const [, base, rest] = await printed(this.child, /Precinct is at (http:\S+)\n(?:Make the first[^#]*#(\S+))?/);
    this.base = base;
    this.listen = new URL(base).host;
    this.token = rest ?? this.token;
  }

  /** Pulls the plug. */
  async kill(signal = "SIGKILL") {
    const gone = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill(signal);
    await gone;
  }

  async stop() {
    await this.kill("SIGTERM").catch(() => {});
    await rm(this.folder, { recursive: true, force: true });
  }

  /** A key for a program. */
  async key(name, ...roles) {
    const args = ["key", "create", "--data", this.data, "--name", name, ...roles.map((role) => `--role=${role}`)];
    const { stdout } = await run(program, args);
    return stdout.trim().split("\n").at(-1);
  }

  /** Asks with a key, and gives what was said. */
  async as(key, method, path, body) {
    return (await ask(this.base, method, path, body, { authorization: `Bearer ${key}` })).said;
  }

  /** The administrator A1, with a second factor; made at the first call. */
  async administrator() {
    if (this.admin) return this.admin;
    await ask(this.base, "POST", "/api/v1/set-up", { token: this.token, staff: "A1", force: "police", password: PASSWORD });
    const first = await this.signedIn("A1");
    const { said } = await ask(this.base, "POST", "/api/v1/factor", {}, first);
    await ask(this.base, "POST", "/api/v1/factor/confirm", { code: totp(said.secret) }, first);
    // A code is taken once: the next half minute's is taken early.
    this.secret = said.secret;
    this.admin = await this.signedIn("A1", totp(said.secret, Date.now() + 30_000));
    return this.admin;
  }

  async signedIn(staff, code = null) {
    const { said, cookie } = await ask(this.base, "POST", "/api/v1/session", { staff, password: PASSWORD, code });
    return { cookie, "x-precinct-csrf": said.csrf };
  }

  /** Somebody with roles in the whole city, who can sign in with PASSWORD. */
  async person(staff, ...roles) {
    const admin = await this.administrator();
    const grants = roles.map((role) => ({ role, area: 0 }));
    const { said } = await ask(this.base, "POST", "/api/v1/accounts", { staff, force: "police", roles: grants }, admin);
    await ask(this.base, "POST", "/api/v1/accept", { token: said.token, password: PASSWORD });
    return staff;
  }

  /** Units on duty at the first posts, for eight hours, each with a crew of two: C11 and C12 of unit 1, and so on. */
  async crews(key, count) {
    const { items: posts } = await this.as(key, "GET", "/api/v1/posts");
    const stations = posts.filter((post) => post.kind === "police_station");
    const now = Date.parse((await this.as(key, "GET", "/api/v1/clock")).now);
    for (let unit = 1; unit <= count; unit += 1) {
      const post = stations[(unit - 1) % stations.length];
      const members = [1, 2].map((each) => ({ staff: `C${unit}${each}`, force: "police" }));
      const body = { call_sign: `E${unit}`, force: "police", capabilities: ["patrol"], vehicle: "car", home: post.post, area: post.area, members };
      await this.as(key, "PUT", `/api/v1/units/${unit}`, body);
      const tour = { unit, members, starts: new Date(now).toISOString(), ends: new Date(now + 8 * 3_600_000).toISOString() };
      const { shift } = await this.as(key, "POST", "/api/v1/shifts", tour);
      await this.as(key, "POST", `/api/v1/shifts/${shift}/start`, {});
    }
    return posts;
  }
}
