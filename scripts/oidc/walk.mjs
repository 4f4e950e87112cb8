// Walks the whole way of signing in through a real provider, as a browser would, and every way that has to be refused.
// Usage: node walk.mjs PRECINCT FOLDER, where FOLDER has a generated town.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const [precinct, folder] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const password = "four quiet horses at dawn";
const children = [];

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Starts a program; its lines as they come. */
function start(program, args) {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

async function stop(child) {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

/** A browser: it has cookies and follows nothing by itself. */
class Browser {
  cookies = new Map();

  async ask(address, { form, json, accept = "application/json" } = {}) {
    const url = new URL(address);
    const jar = this.cookies.get(url.host) ?? new Map();
    this.cookies.set(url.host, jar);
    const headers = { accept, cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") };
    let body;
    if (json) [headers["content-type"], body] = ["application/json", JSON.stringify(json)];
    if (form) [headers["content-type"], body] = ["application/x-www-form-urlencoded", new URLSearchParams(form).toString()];
    const answer = await fetch(url, { method: body ? "POST" : "GET", headers, body, redirect: "manual" });
    for (const cookie of answer.headers.getSetCookie()) {
      const [pair] = cookie.split(";");
      const at = pair.indexOf("=");
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return { status: answer.status, text: await answer.text(), to: answer.headers.get("location") };
  }

  /** Goes to the provider and signs in there; the address it is sent back to. */
  async signInThere(address, who, back) {
    let at = address;
    for (let steps = 0; steps < 12; steps++) {
      if (at.startsWith(back)) return new URL(at);
      let answer = await this.ask(at);
      const action = /<form[^>]*action="([^"]*)"/.exec(answer.text)?.[1];
      if (answer.status === 200 && action) {
        const prompt = /name="prompt" value="([a-z]*)"/.exec(answer.text)[1];
        answer = await this.ask(new URL(action, at).href, { form: { prompt, login: who, password: "any" } });
      }
      assert.ok(answer.to, `${at}: ${answer.status} ${answer.text}`);
      at = new URL(answer.to, at).href;
    }
    assert.fail("there is no end of redirects");
  }
}

const [townPort, providerPort] = [await freePort(), await freePort()];
const town = `http://127.0.0.1:${townPort}`;
const back = `${town}/api/v1/oidc/callback`;
const secret = "what the two know";
const secretFile = join(folder, "client-secret");
writeFileSync(secretFile, `${secret}\n`, { mode: 0o600 });

const startProvider = async () => {
  const { child, lines } = start(process.execPath, [join(here, "provider.mjs"), String(providerPort), back, secret]);
  for (;;) {
    const { value, done } = await lines.next();
    assert.ok(!done, "the provider did not start");
    if (value === "ready") return child;
  }
};

const begin = async () => {
  const browser = new Browser();
  const answer = await browser.ask(`${town}/api/v1/oidc/start`);
  return { browser, ...answer };
};

/** Begins, signs in at the provider, and stands before the way back. */
const until = async (who, change = (url) => url) => {
  const { browser, to, status } = await begin();
  assert.equal(status, 303);
  const url = new URL(to);
  change(url);
  return { browser, way: await browser.signInThere(url.href, who, back) };
};

const ways = [];
const holds = (name, told) => ways.push([name, told]);

async function walk() {
  const { child: server, lines } = start(precinct, [
    "serve", join(folder, "town"), "--data", join(folder, "data"), "--listen", `127.0.0.1:${townPort}`, "--log", "json",
    "--oidc-issuer", `http://127.0.0.1:${providerPort}`, "--oidc-client-id", "precinct", "--oidc-client-secret", secretFile,
    "--oidc-public", town,
  ]);
  await lines.next();
  const token = (await lines.next()).value.split("#")[1];
  const signIn = async () => new Browser().ask(`${town}/api/v1/session`, { json: { staff: "K100", password, code: null } });

  // The provider is down from the start: the town is served, and passwords do.
  const setUp = await new Browser().ask(`${town}/api/v1/set-up`, { json: { token, staff: "K100", force: "police", password } });
  assert.equal(setUp.status, 204);
  const down = await begin();
  assert.equal(down.status, 503, down.text);
  assert.equal((await signIn()).status, 200);
  holds("provider down at the start", down.status);

  let provider = await startProvider();
  for (let tries = 0; (await begin()).status !== 303; tries++) {
    assert.ok(tries < 40, "the provider is not found again");
    await sleep(500);
  }

  const good = await until("K100");
  const session = await good.browser.ask(good.way.href);
  assert.equal(session.status, 200, session.text);
  assert.equal(JSON.parse(session.text).staff, "K100");
  const own = await good.browser.ask(`${town}/api/v1/session`);
  assert.equal(own.status, 200, own.text);
  holds("signed in", session.status);

  const page = await until("K100");
  const shown = await page.browser.ask(page.way.href, { accept: "text/html" });
  assert.ok(shown.status === 200 && shown.text.includes('content="done"'), shown.text);
  holds("signed in, as a page", shown.status);

  const again = await good.browser.ask(good.way.href);
  assert.equal(again.status, 401);
  holds("the same way back again", again.status);

  const replayed = await begin();
  const way = new URL(back);
  way.searchParams.set("state", new URL(replayed.to).searchParams.get("state"));
  way.searchParams.set("code", good.way.searchParams.get("code"));
  const code = await replayed.browser.ask(way.href);
  assert.equal(code.status, 401, code.text);
  holds("a code replayed under another state", code.status);

  const wrong = await until("K100");
  wrong.way.searchParams.set("state", "made-up");
  const state = await wrong.browser.ask(wrong.way.href);
  assert.equal(state.status, 401, state.text);
  holds("wrong state", state.status);

  const stolen = await until("K100");
  const other = await begin();
  const elsewhere = await other.browser.ask(stolen.way.href);
  assert.equal(elsewhere.status, 401, elsewhere.text);
  holds("another browser", elsewhere.status);

  const odd = await until("K100", (url) => url.searchParams.set("nonce", "another"));
  const nonce = await odd.browser.ask(odd.way.href);
  assert.ok(nonce.status === 401 && nonce.text.includes("does not hold"), nonce.text);
  holds("wrong nonce", nonce.status);

  const late = await until("K100");
  await sleep(4_000);
  const expired = await late.browser.ask(late.way.href);
  assert.equal(expired.status, 401, expired.text);
  holds("a code that is over", expired.status);

  const nobody = await until("X999");
  const unknown = await nobody.browser.ask(nobody.way.href);
  assert.ok(unknown.status === 403 && unknown.text.includes("X999"), unknown.text);
  holds("a staff number without an account", unknown.status);

  const cut = await until("K100");
  await stop(provider);
  const silent = await cut.browser.ask(cut.way.href);
  assert.equal(silent.status, 503, silent.text);
  assert.equal((await signIn()).status, 200);
  holds("provider down on the way back", silent.status);
  await stop(server);
}

try {
  await walk();
  for (const [name, status] of ways) console.log(`${name.padEnd(40)} ${status}`);
} finally {
  for (const child of children) child.kill("SIGKILL");
}
