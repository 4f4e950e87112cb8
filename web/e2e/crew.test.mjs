// A crew at 360 px: its tour, its task with the line cut in between, calls for help, what it finds, in both languages.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import axe from "axe-core";
import { browser, page, picture, PHONE, signIn } from "./browser.mjs";
import { ask as asPerson, PASSWORD, totp, Town } from "./town.mjs";

let town, open, key, station;

before(async () => {
  [town, open] = await Promise.all([Town.start(), browser()]);
  key = await town.key("control", "dispatcher", "duty_officer", "commander", "planner", "gateway");
  for (const staff of ["C11", "C21", "C31", "C41", "C51"]) await town.person(staff, "crew");
  const { items } = await town.as(key, "GET", "/api/v1/posts");
  station = items.find((post) => post.kind === "police_station");
});

after(async () => {
  await open?.close();
  await town?.stop();
});

const ask = (method, path, body) => town.as(key, method, path, body);
const board = () => ask("GET", "/api/v1/board");

/** Until something is so, looked at again and again. */
async function soon(what, right) {
  for (let tries = 0; tries < 150; tries += 1) {
    const found = await right();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail(`not within 15 seconds: ${what}`);
}

/** A tour that is planned and not begun. */
async function planned(unit) {
  const members = [1, 2].map((each) => ({ staff: `C${unit}${each}`, force: "police" }));
  const describes = { call_sign: `E${unit}`, force: "police", capabilities: ["patrol"], vehicle: "car", home: station.post, area: station.area, members };
  await ask("PUT", `/api/v1/units/${unit}`, describes);
  const now = Date.parse((await ask("GET", "/api/v1/clock")).now);
  const tour = { unit, members, starts: new Date(now).toISOString(), ends: new Date(now + 8 * 3_600_000).toISOString() };
  return (await ask("POST", "/api/v1/shifts", tour)).shift;
}

/** Something happened near the station, and a unit is sent. */
async function sent(unit, more = {}) {
  const [lon, lat] = station.at;
  const intake = {
    source: "call", kind: "disturbance", at: [Number((lon + 0.004).toFixed(7)), Number((lat + 0.003).toFixed(7))],
    hazards: ["dog", "weapon"], address: "3 Mill Street, flat 12", text: "two men shouting, one has a stick", ...more,
  };
  const { incident } = await ask("POST", "/api/v1/incidents", intake);
  await ask("POST", `/api/v1/incidents/${incident}/assignments`, { unit, recommendation: null });
  return incident;
}

async function phone(staff, { place = station.at, allowed = true, ...more } = {}) {
  const made = await page(open, town.base, { size: PHONE, theme: "light", hasTouch: true, isMobile: true, ...more });
  made.signIn = () => signIn(made, town.base, staff, "/crew");
  if (allowed) await made.context().grantPermissions(["geolocation"]);
  // A phone takes a fix at an instant: one from before the tour is not shared.
  made.stands = (at = place) => made.context().setGeolocation({ longitude: at[0], latitude: at[1], accuracy: 8 });
  await made.stands();
  return made;
}

async function seen(made, name) {
  await picture(made, `crew-${name}`);
  const { violations } = await made.evaluate(async (source) => {
    if (!window.axe) new Function(source)();
    return window.axe.run(document, { resultTypes: ["violations"] });
  }, axe.source).catch(async () => {
    // The page forbids scripts made of text: the test's own goes in beside them.
    await made.context().newCDPSession(made).then((cdp) => cdp.send("Runtime.evaluate", { expression: axe.source }));
    return made.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  });
  const grave = violations.filter((one) => one.impact === "serious" || one.impact === "critical");
  assert.deepEqual(grave.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`), [], name);
  const wide = await made.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false, `${name}: nothing reaches beyond the screen`);
}

/** Each button is large enough for a glove. */
async function roomy(made) {
  const small = await made.evaluate(() =>
    [...document.querySelectorAll("button, a, summary, .tap")]
      .map((one) => [one.textContent, one.getBoundingClientRect()])
      .filter(([, box]) => box.height > 0 && (box.height < 55.5 || box.width < 55.5))
      .map(([text, box]) => `${text}: ${Math.round(box.width)}×${Math.round(box.height)}`),
  );
  assert.deepEqual(small, []);
}

async function hold(made, locator, ms = 1_200) {
  const box = await locator.boundingBox();
  await made.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await made.mouse.down();
  await made.waitForTimeout(ms);
  await made.mouse.up();
}

const tap = (made, name) => made.getByRole("button", { name, exact: true }).click();

/** Signs in and starts the tour that is planned. */
async function onTour(unit, more) {
  const shift = await planned(unit);
  const made = await phone(`C${unit}1`, more);
  await made.signIn();
  await made.getByRole("button", { name: /Start tour|开始值勤/ }).click();
  await made.getByText(/No task|暂无任务/).first().waitFor();
  await made.stands();
  return { made, shift };
}

test("a tour begins, its position is shared, a task goes its way through a gap in the line, and the tour ends", async () => {
  const shift = await planned(1);
  const made = await phone("C11");
  await made.goto(`${town.base}/crew`);
  await made.getByLabel("Staff number").waitFor();
  await seen(made, "sign-in");
  await made.signIn();
  await made.getByText("E1", { exact: true }).waitFor();
  await made.getByText("Your position is not shared").waitFor();
  await seen(made, "planned");
  await roomy(made);
  await tap(made, "Start tour");
  await made.getByText("No task").waitFor();
  await made.getByText("Position is on: looking for where you are").waitFor();
  await made.waitForTimeout(1_000);
  assert.equal((await ask("GET", "/api/v1/units/1")).fix, null, "where it was before the tour is not shared");
  await made.stands();
  await made.getByText("Your position is shared").waitFor();
  const unit = await soon("the fix is on the board", async () => {
    const found = await ask("GET", "/api/v1/units/1");
    return found.fix && found;
  });
  assert.deepEqual(unit.fix.at.map((one) => one.toFixed(5)), station.at.map((one) => one.toFixed(5)));
  await seen(made, "no-task");

  const incident = await sent(1);
  await made.getByText("New task").waitFor();
  await made.getByRole("heading", { name: "Disturbance" }).waitFor();
  await made.getByText("⚠ Weapon").waitFor();
  await seen(made, "task-new");
  await roomy(made);
  await made.getByRole("button", { name: /Read what was said/ }).click();
  await made.getByText("two men shouting, one has a stick").waitFor();
  await made.getByText("3 Mill Street, flat 12").waitFor();

  await tap(made, "Acknowledge");
  await soon("acknowledged", async () => (await ask("GET", "/api/v1/units/1")).status === "acknowledged");
  await made.context().setOffline(true);
  await tap(made, "En route");
  await made.getByText("1 waiting to be sent").waitFor();
  await made.waitForTimeout(1_500);
  // A second touch at once is not the next step.
  await made.getByRole("button", { name: "On scene" }).dblclick();
  await made.getByText("2 waiting to be sent").waitFor();
  await made.locator(".waiting summary").click();
  await seen(made, "cut-off");
  await made.waitForTimeout(1_500);
  const cut = (await board()).incidents.find((one) => one.incident === incident).assignments[0];
  assert.equal(cut.en_route ?? null, null, "nothing went through a line that was cut");

  // The page is closed and opened where there is no signal: it is on the phone, and so is what waits.
  await made.reload();
  await made.getByText("2 waiting to be sent").waitFor();
  await made.getByRole("heading", { name: "Disturbance" }).waitFor();
  await made.getByText(/As it was at/).waitFor();
  await seen(made, "opened-without-line");
  assert.equal(await made.getByText("two men shouting").count(), 0, "what was said is not kept on the phone");

  await tap(made, "Clear");
  await made.getByText("3 waiting to be sent").waitFor();
  await made.context().setOffline(false);
  const done = await soon("everything arrived", async () => {
    const found = (await board()).incidents.find((one) => one.incident === incident).assignments[0];
    return found.ended && found;
  });
  const steps = [done.dispatched, done.acknowledged, done.en_route, done.on_scene, done.ended].map((at) => Date.parse(at));
  assert.deepEqual(steps, [...steps].sort((a, b) => a - b), "in order");
  assert.ok(steps[3] - steps[2] > 1_000, "each at the instant it was done, not when it was sent");
  assert.equal(done.outcome.ended ?? JSON.stringify(done.outcome), done.outcome.ended ?? '"cleared"');
  await made.getByText("No task").waitFor();
  assert.equal(await made.locator(".waiting").count(), 0);
  const told = (await board()).incidents.find((one) => one.incident === incident);
  assert.equal(told.assignments.length, 1, "once");

  await tap(made, "Tour");
  await made.getByRole("button", { name: "Hold to end the tour" }).waitFor();
  await seen(made, "tour");
  await roomy(made);
  await tap(made, "Hold to end the tour");
  await made.waitForTimeout(300);
  assert.equal((await board()).shifts.some((one) => one.shift === shift), true, "a touch in passing ends nothing");
  await hold(made, made.getByRole("button", { name: "Hold to end the tour" }));
  await made.getByText("Your position is not shared").waitFor();
  await soon("the tour is over", async () => !(await board()).shifts.some((one) => one.shift === shift && one.began));
  await made.getByText("No tour is planned for you").waitFor();
  await seen(made, "after");
  const left = await made.evaluate(async () => {
    const database = await new Promise((done) => { const asked = indexedDB.open("crew"); asked.onsuccess = () => done(asked.result); });
    return new Promise((done) => { const asked = database.transaction("kept").objectStore("kept").getAllKeys(); asked.onsuccess = () => done(asked.result); });
  });
  assert.equal(left.includes("task"), false, "the task is gone from the phone");
  const cached = await made.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((one) => one.url)))).flat());
  assert.ok(cached.length > 3 && cached.every((url) => !url.includes("/api/")), cached.join());
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("help is called with a line and without, before everything else, and the control room alone closes it", async () => {
  const { made } = await onTour(2);
  const sos = made.getByRole("button", { name: /SOS: hold/ });
  await made.getByText("Your position is shared").waitFor();
  await hold(made, sos, 300);
  await made.getByText("Not called").waitFor();
  assert.deepEqual((await board()).sos, []);
  await hold(made, sos);
  await made.getByText(/Help is called, since/).waitFor();
  const [first] = (await board()).sos;
  assert.equal(first.unit, 2);
  assert.deepEqual(first.at.map((one) => one.toFixed(5)), station.at.map((one) => one.toFixed(5)), "with the place");
  await seen(made, "sos");
  await ask("POST", `/api/v1/sos/${first.sos}/close`, { outcome: "dealt_with" });
  await made.getByText(/Help is called, since/).waitFor({ state: "detached" });

  await made.context().setOffline(true);
  await tap(made, "Out of service");
  await tap(made, "Meal");
  await made.getByText("1 waiting to be sent").waitFor();
  await hold(made, sos);
  await made.getByText(/not sent yet/).waitFor();
  await seen(made, "sos-offline");
  const order = [];
  made.on("request", (request) => {
    if (request.method() === "POST" && /\/(sos|out)$/.test(request.url())) order.push(request.url().split("/").at(-1));
  });
  await made.context().setOffline(false);
  await made.getByText(/Help is called, since/).waitFor();
  await soon("the rest follows", async () => (await ask("GET", "/api/v1/units/2")).status === "out");
  assert.equal(order[0], "sos", `before everything else: ${order}`);
  const [second] = (await board()).sos;
  await ask("POST", `/api/v1/sos/${second.sos}/close`, { outcome: "dealt_with" });
  await made.getByText(/Help is called, since/).waitFor({ state: "detached" });
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("what a patrol finds is reported with its place and a photo, and taken on", async () => {
  const { made } = await onTour(3);
  await made.getByText("Your position is shared").waitFor();
  await tap(made, "Found something");
  await tap(made, "Obstruction or defect");
  await made.getByLabel(/In words/).fill("a lamp post leans over the street");
  const png = await made.evaluate(async () => {
    const canvas = new OffscreenCanvas(2_400, 1_800);
    const pen = canvas.getContext("2d");
    for (let at = 0; at < 300; at += 1) {
      pen.fillStyle = `hsl(${at * 7} 70% ${30 + (at % 50)}%)`;
      pen.fillRect((at * 613) % 2_400, (at * 397) % 1_800, 260, 180);
    }
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  });
  await made.locator('input[type="file"]').setInputFiles({ name: "lamp.png", mimeType: "image/png", buffer: Buffer.from(png, "base64") });
  await made.getByAltText("The photo that is sent").waitFor();
  await seen(made, "report");
  await roomy(made);
  let photo;
  await made.route("**/media", async (route) => {
    photo = { type: route.request().headers()["content-type"], body: route.request().postDataBuffer() };
    await route.continue();
  });
  const taken = made.waitForResponse(/\/media$/);
  await tap(made, "Report");
  const { status } = await taken.then((response) => ({ status: response.status() }));
  const incident = (await board()).incidents.find((one) => one.source === "patrol");
  assert.equal(incident.kind, "obstruction");
  assert.deepEqual(incident.at.map((one) => one.toFixed(5)), station.at.map((one) => one.toFixed(5)));
  assert.equal(incident.assignments[0].on_view, true);
  assert.equal(photo.type, "image/jpeg");
  assert.ok(photo.body.length > 10_000 && photo.body.length <= 1_048_576, String(photo.body.length));
  assert.equal(photo.body.includes("Exif"), false);
  const size = jpegSize(photo.body);
  assert.ok(Math.max(...size) === 1_600, String(size));
  assert.equal(status, 200, "the photo is with the incident");
  assert.equal((await ask("GET", `/api/v1/incidents/${incident.incident}`)).media.length, 1, "once");
  await made.getByRole("heading", { name: "Obstruction or defect" }).waitFor();
  await seen(made, "reported");
  await tap(made, "Transport");
  await made.getByRole("dialog").getByRole("button").nth(1).click();
  await soon("on the way with somebody", async () => (await ask("GET", "/api/v1/units/3")).status === "transporting");
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("a finding's place is put right on a small map, and a photo goes with it though others deal with it", async () => {
  await town.person("C111", "crew");
  const { made } = await onTour(11);
  await made.getByText("Your position is shared").waitFor();
  await tap(made, "Found something");
  await tap(made, "Obstruction or defect");
  await tap(made, "Put it right on the map");
  const map = made.getByRole("application", { name: /^Map: drag it/ });
  await map.scrollIntoViewIfNeeded();
  const street = () => map.evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) colours.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
    return colours.size;
  });
  await soon("streets are drawn", async () => (await street()) > 8);
  const box = await map.boundingBox();
  await made.mouse.move(box.x + 100, box.y + 180);
  await made.mouse.down();
  await made.mouse.move(box.x + 140, box.y + 120, { steps: 4 });
  await made.mouse.up();
  await made.getByRole("button", { name: /^On the map, \d+ m from you/ }).waitFor();
  await map.focus();
  await made.keyboard.press("ArrowRight");
  await seen(made, "report-map");
  await roomy(made);
  await made.locator(".check input").uncheck();
  const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==", "base64");
  await made.locator('input[type="file"]').setInputFiles({ name: "dot.png", mimeType: "image/png", buffer: png });
  await made.getByAltText("The photo that is sent").waitFor();
  const taken = made.waitForResponse(/\/media$/);
  await tap(made, "Report");
  assert.equal((await taken).status(), 200, "whoever found it adds the photo");
  const [found] = (await board()).incidents.filter((one) => one.by === "C111");
  assert.deepEqual([found.assignments.length, found.media.length], [0, 1]);
  const [east, north] = [found.at[0] - station.at[0], found.at[1] - station.at[1]];
  // Dragged to the right and up, the pin came to lie to the west and south; the arrow key took it a little back.
  assert.ok(east < -1e-4 && north < -1e-4 && Math.hypot(east, north) < 5e-3, `${east} ${north}`);
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

/** Width and height of a JPEG: its start of frame says them. */
function jpegSize(bytes) {
  for (let at = 2; at < bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes[at + 1];
    if (marker >= 0xc0 && marker <= 0xc3) return [bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5)];
  }
  return [0, 0];
}

test("in Chinese, by night, with the position forbidden; a task is declined with a reason", async () => {
  const { made } = await onTour(4, { language: "zh", theme: "dark", allowed: false });
  await made.getByText(/未获定位权限/).waitFor();
  await seen(made, "zh-denied");
  const incident = await sent(4, { kind: "weapon" });
  await made.getByRole("heading", { name: "持械" }).waitFor();
  await seen(made, "zh-task");
  await roomy(made);
  await tap(made, "无法接受");
  await seen(made, "zh-decline");
  await tap(made, "距离过远");
  await made.getByText("暂无任务").first().waitFor();
  await soon("declined", async () => {
    const [on] = (await board()).incidents.find((one) => one.incident === incident).assignments;
    return JSON.stringify(on.outcome ?? "").includes("too_far");
  });
  await tap(made, "班次");
  await seen(made, "zh-tour");
  await tap(made, "任务");
  await tap(made, "巡逻发现");
  await seen(made, "zh-report");
  await tap(made, "交通事故");
  await tap(made, "其他地点");
  const answer = made.waitForResponse(/\/search\?/);
  await made.getByLabel("道路、路口、岗点或单位").fill("荷原路");
  const [{ at }] = await (await answer).json();
  const place = made.getByRole("dialog", { name: "地点" }).locator(".choices button").first();
  const label = await place.textContent();
  assert.match(label, /荷原路/);
  await seen(made, "zh-places");
  await place.click();
  await made.getByRole("button", { name: label, exact: true }).waitFor();
  await tap(made, "上报");
  await made.getByRole("heading", { name: "交通事故" }).waitFor();
  const found = await soon("it is on the board, and taken on", async () =>
    (await board()).incidents.find((one) => one.kind === "traffic_accident" && one.assignments.length > 0));
  assert.deepEqual([found.source, found.assignments[0].unit, found.at], ["patrol", 4, at]);
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("a session that ends keeps what waits, and what is refused is said and stops nothing", async () => {
  const { made } = await onTour(5);
  const incident = await sent(5);
  await made.getByText("New task").waitFor();
  await made.context().setOffline(true);
  await tap(made, "Acknowledge");
  await made.getByText("1 waiting to be sent").waitFor();
  // The control room does it meanwhile: the phone's own is not accepted, and the next is.
  await ask("POST", `/api/v1/incidents/${incident}/assignments/5/acknowledge`, { at: null });
  await made.waitForTimeout(1_500);
  await tap(made, "En route");
  await made.getByText("2 waiting to be sent").waitFor();
  const cookies = await made.context().cookies();
  await made.context().clearCookies();
  assert.equal(cookies.length, 1);
  await made.context().setOffline(false);
  await made.getByText("Your session has ended").waitFor();
  await made.getByText("2 waiting to be sent").waitFor();
  await seen(made, "session-ended");
  await made.getByLabel("Staff number").fill("C51");
  await made.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await made.keyboard.press("Enter");
  await made.getByText("1 was not accepted").waitFor();
  await soon("the next one went through", async () => (await ask("GET", "/api/v1/units/5")).status === "en_route");
  await seen(made, "refused");
  await tap(made, "Seen");
  await made.getByText("1 was not accepted").waitFor({ state: "detached" });
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("a second factor is asked for where one is set up, and signing out leaves nothing on the phone", async () => {
  await town.person("C61", "crew");
  const first = await town.signedIn("C61");
  const { said } = await asPerson(town.base, "POST", "/api/v1/factor", {}, first);
  await asPerson(town.base, "POST", "/api/v1/factor/confirm", { code: totp(said.secret) }, first);
  const made = await phone("C61");
  await made.signIn();
  const code = made.getByLabel("Code of the second factor");
  await code.waitFor();
  await seen(made, "code");
  await code.fill(totp(said.secret, Date.now() + 30_000));
  await tap(made, "Sign in");
  await made.getByText("No tour is planned for you").waitFor();
  await made.getByRole("button", { name: /you are in no unit/ }).waitFor();
  await hold(made, made.getByRole("button", { name: "Hold to sign out" }));
  await made.getByLabel("Staff number").waitFor();
  const left = await made.evaluate(async () => {
    const database = await new Promise((done) => { const asked = indexedDB.open("crew"); asked.onsuccess = () => done(asked.result); });
    const keys = (name) => new Promise((done) => { const asked = database.transaction(name).objectStore(name).getAllKeys(); asked.onsuccess = () => done(asked.result); });
    return { kept: await keys("kept"), queue: await keys("queue"), local: Object.keys(localStorage).sort() };
  });
  assert.deepEqual(left, { kept: [], queue: [], local: ["language", "theme"] });
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("who signs in through the city's service comes back to the crew's page", async () => {
  const made = await phone("C11");
  const ended = (await readFile(new URL("../../crates/server/src/pages/oidc.html", import.meta.url), "utf8")).replace("OUTCOME", "done");
  const provider = { label_en: "City sign-in", label_zh: "统一认证", start: "/api/v1/oidc/start" };
  await made.route("**/api/v1/sign-in", (route) => route.fulfill({ json: { provider } }));
  await made.route("**/api/v1/oidc/start", (route) => route.fulfill({ contentType: "text/html", body: ended }));
  await made.goto(`${town.base}/crew`);
  const way = made.getByRole("link", { name: "City sign-in" });
  await way.waitFor();
  await seen(made, "sign-in-provider");
  await roomy(made);
  await way.click();
  await made.waitForURL(`${town.base}/crew`);
  await way.waitFor();
  // Begun on the console, the same way leads to the console.
  await made.goto(town.base);
  await way.click();
  await made.waitForURL(`${town.base}/`);
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("a task in an area that the crew does not see can still be worked on, and shows nothing of it", async () => {
  const { items: areas } = await ask("GET", "/api/v1/areas");
  const within = (area, of) => area === of || (area !== 0 && area != null && within(areas.find((one) => one.area === area)?.parent ?? null, of));
  const { items: posts } = await ask("GET", "/api/v1/posts");
  const far = posts.find((post) => !within(post.area, station.area) && !within(station.area, post.area));
  const admin = await town.administrator();
  const { said } = await asPerson(town.base, "POST", "/api/v1/accounts", { staff: "C71", force: "police", roles: [{ role: "crew", area: station.area }] }, admin);
  await asPerson(town.base, "POST", "/api/v1/accept", { token: said.token, password: PASSWORD });
  const { made } = await onTour(7);
  const incident = await sent(7, { at: far.at, area: far.area });
  await made.getByText(`Incident ${incident}, in another area.`).waitFor();
  assert.equal(await made.getByText("Disturbance").count(), 0);
  await seen(made, "elsewhere");
  await tap(made, "Acknowledge");
  await soon("acknowledged", async () => (await ask("GET", "/api/v1/units/7")).status === "acknowledged");
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("the way is told street by street, and the crow's flight is called so where no way is known", async () => {
  await town.person("C81", "crew");
  const { made } = await onTour(8);
  await made.getByText("Your position is shared").waitFor();
  await made.route("**/api/v1/routes", (route) => route.abort());
  const first = await sent(8);
  await made.getByText("510 m as the crow flies: the way by road is not known").waitFor();
  await made.unroute("**/api/v1/routes");
  await ask("POST", `/api/v1/incidents/${first}/assignments/8/recall`, { reason: "not_needed" });
  await made.getByText("No task").waitFor();
  await sent(8);
  await made.getByText("New task").waitFor();
  await made.getByText(/min by road|under a minute by road/).waitFor();
  await made.getByText("Street by street").click();
  await made.getByText(/^Set out along/).waitFor();
  await made.getByText("Then you are there").waitFor();
  assert.ok(await made.locator(".drawing .line").boundingBox());
  assert.match(await made.getByRole("link", { name: "Open in the phone's map" }).getAttribute("href"), /^geo:-?[\d.]+,-?[\d.]+\?q=/);
  await made.locator(".drawing").scrollIntoViewIfNeeded();
  await seen(made, "way");
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("an answer that is lost is asked for again under the same key, and a tour can be ended without a signal", async () => {
  await town.person("C91", "crew");
  const { made, shift } = await onTour(9);
  await made.getByText("Your position is shared").waitFor();
  const incident = await sent(9);
  const keys = [];
  await made.route("**/acknowledge", async (route) => {
    keys.push(route.request().headers()["idempotency-key"]);
    const response = await route.fetch();
    if (keys.length === 1) await route.abort();
    else await route.fulfill({ response });
  });
  await tap(made, "Acknowledge");
  await soon("it is asked again", () => keys.length === 2);
  assert.equal(keys[0], keys[1]);
  await made.locator(".waiting").waitFor({ state: "detached" });
  assert.equal((await ask("GET", "/api/v1/units/9")).status, "acknowledged");
  await made.waitForTimeout(1_300);
  await made.context().setOffline(true);
  await tap(made, "En route");
  await made.waitForTimeout(1_300);
  await tap(made, "On scene");
  await made.waitForTimeout(1_300);
  await tap(made, "Clear");
  await made.getByText("No task").waitFor();
  await tap(made, "Tour");
  await hold(made, made.getByRole("button", { name: "Hold to end the tour" }));
  await made.getByText("The tour ends as soon as there is a signal.").waitFor();
  await made.getByText("○ Your position is not shared").waitFor();
  const places = [];
  made.on("request", (request) => /positions\/own/.test(request.url()) && places.push(request.url()));
  await made.stands();
  await made.context().setOffline(false);
  await soon("the tour is over", async () => !(await board()).shifts.some((one) => one.shift === shift));
  await made.locator(".waiting").waitFor({ state: "detached" });
  const [on] = (await board()).incidents.find((one) => one.incident === incident).assignments;
  assert.ok(on.on_scene && on.ended);
  assert.deepEqual(places, [], "no place is sent after the end");
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("places taken where there is no signal are sent at once after it, in order", async () => {
  await town.person("C101", "crew");
  const { made } = await onTour(10);
  await made.getByText("Your position is shared").waitFor();
  await soon("the first is there", async () => (await ask("GET", "/api/v1/units/10")).fix);
  await made.context().setOffline(true);
  const [lon, lat] = station.at;
  for (const step of [1, 2, 3]) {
    await made.waitForTimeout(3_200);
    await made.stands([lon + step * 0.0005, lat]);
  }
  await made.getByText(/\d places are kept until there is a signal/).waitFor();
  await seen(made, "places-kept");
  const told = made.waitForRequest(/positions\/own/);
  await made.context().setOffline(false);
  const fixes = (await told).postDataJSON();
  assert.ok(fixes.length >= 2, JSON.stringify(fixes));
  assert.deepEqual(fixes.map((one) => one.time), fixes.map((one) => one.time).sort());
  await soon("the last is on the board", async () => Math.abs((await ask("GET", "/api/v1/units/10")).fix.at[0] - (lon + 0.0015)) < 1e-5);
  assert.deepEqual(made.faults, []);
  await made.context().close();
});

test("in a drill that runs thirty times as fast, a unit alone on scene is asked whether all is well", async () => {
  const drill = await Town.start({ drill: ["2026-03-02T08:00:00Z", 30] });
  try {
    const control = await drill.key("control", "dispatcher", "duty_officer", "commander", "planner");
    await drill.person("C11", "crew");
    await drill.crews(control, 1);
    const made = await page(open, drill.base, { size: PHONE, theme: "dark", hasTouch: true, isMobile: true });
    const [post] = (await drill.as(control, "GET", "/api/v1/posts")).items;
    await made.context().grantPermissions(["geolocation"]);
    await made.context().setGeolocation({ longitude: post.at[0], latitude: post.at[1], accuracy: 8 });
    await signIn(made, drill.base, "C11", "/crew");
    await made.getByText("Drill ×30").waitFor();
    await made.getByText("Your position is shared").waitFor();
    const { incident } = await drill.as(control, "POST", "/api/v1/incidents", { source: "call", kind: "assault", at: post.at });
    await drill.as(control, "POST", `/api/v1/incidents/${incident}/assignments`, { unit: 1, recommendation: null });
    for (const step of ["Acknowledge", "En route", "On scene"]) await made.getByRole("button", { name: step, exact: true }).click();
    await made.getByText("Is all well?").waitFor();
    await picture(made, "crew-welfare");
    const due = async () => (await drill.as(control, "GET", "/api/v1/board")).clocks.find((one) => one.clock.welfare === 1)?.due;
    const asked = Date.parse(await due());
    await made.getByRole("button", { name: "All is well" }).click();
    await soon("it is answered", async () => Date.parse(await due()) > asked + 300_000);
    await made.getByText("Is all well?").waitFor({ state: "detached" });
    assert.deepEqual(made.faults, []);
    await made.context().close();
  } finally {
    await drill.stop();
  }
});
