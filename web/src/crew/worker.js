// Keeps the crew's page on the device: the page's own files and nothing else. What the server says is never kept here.
const VERSION = "%VERSION%";
const ASSETS = "%ASSETS%";

const CACHE = `crew-${VERSION}`;
const PAGE = "/crew";
const FILES = [PAGE, "/crew.webmanifest", "/icon.svg", "/icon-512.png", ...ASSETS];

async function fill() {
  const cache = await caches.open(CACHE);
  // Past the browser's own store: what is kept belongs together.
  await cache.addAll(FILES.map((path) => new Request(path, { cache: "reload" })));
  await self.skipWaiting();
}

async function takeOver() {
  const old = (await caches.keys()).filter((name) => name.startsWith("crew-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function kept(path, request) {
  const found = await (await caches.open(CACHE)).match(path);
  return found ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const page = request.mode === "navigate" && (url.pathname === PAGE || url.pathname.startsWith(`${PAGE}/`));
  if (page) event.respondWith(kept(PAGE, request));
  else if (url.pathname !== PAGE && FILES.includes(url.pathname)) event.respondWith(kept(url.pathname, request));
});
