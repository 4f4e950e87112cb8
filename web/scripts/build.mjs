// Builds the pages into dist/: scripts and styles under names that change with what is in them, each also compressed.
import { createHash } from "node:crypto";
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import * as esbuild from "esbuild";

const root = new URL("..", import.meta.url).pathname;
const watch = process.argv.includes("--watch");
// Built beside and put in place whole, so that nobody ever reads half of it.
const place = join(root, "dist");
const dist = watch ? place : join(root, "dist.new");
const pages = { console: "src/console/main.tsx", crew: "src/crew/main.tsx" };

const common = {
  absWorkingDir: root,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: !watch,
  sourcemap: watch ? "inline" : false,
  legalComments: "none",
  logLevel: "warning",
  jsx: "automatic",
  jsxImportSource: "preact",
  // Fields that only name their type do not empty what a class above has set: so MapLibre's sources are meant.
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
};

/** MapLibre from its sources: as it is published, the page and its worker each bring half of it once more; built together, they share that. */
const maplibre = {
  name: "maplibre",
  setup: (build) => build.onResolve({ filter: /^maplibre-gl$/ }, () => ({ path: join(root, "node_modules/maplibre-gl/src/index.ts") })),
};
const MAP_WORKER = "node_modules/maplibre-gl/src/source/worker.ts";

/** Workers first: the pages have to know what they are called. */
async function workers() {
  const result = await esbuild.build({
    ...common,
    entryPoints: { positions: "src/map/positions.worker.ts" },
    outdir: join(dist, "assets"),
    entryNames: "[name]-[hash]",
    metafile: true,
  });
  const named = Object.entries(result.metafile.outputs).find(([, output]) => output.entryPoint);
  return `/assets/${basename(named[0])}`;
}

function options(positionsWorker) {
  return {
    ...common,
    entryPoints: { ...pages, "map-worker": MAP_WORKER },
    outdir: join(dist, "assets"),
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    assetNames: "[name]-[hash]",
    splitting: true,
    metafile: true,
    plugins: [maplibre],
    loader: { ".svg": "file", ".cedar": "text" },
    define: { POSITIONS_WORKER: JSON.stringify(positionsWorker) },
  };
}

/** What an entry point became: its script, its style. */
function outputs(metafile) {
  const found = {};
  for (const [path, output] of Object.entries(metafile.outputs)) {
    if (!output.entryPoint) continue;
    const name = basename(path).replace(/-[A-Z0-9]{8}\.js$/, "");
    const style = output.cssBundle && `/assets/${basename(output.cssBundle)}`;
    found[name] = { script: `/assets/${basename(path)}`, style };
  }
  return found;
}

async function writePages(metafile) {
  const made = outputs(metafile);
  const mapWorker = made["map-worker"].script;
  for (const page of Object.keys(pages)) {
    const { script, style } = made[page];
    const template = await readFile(join(root, `src/${page}/page.html`), "utf8");
    const html = template
      .replace("%STYLE%", style ?? "")
      .replace("%SCRIPT%", script)
      .replace("%MAP_WORKER%", mapWorker);
    await writeFile(join(dist, `${page}.html`), html);
  }
  await cp(join(root, "src/public"), dist, { recursive: true });
  await serviceWorker(made.crew, metafile);
}

/** Every script an entry may load, by its imports: those at the start alone, or those that come later too. */
function scriptsOf(point, metafile, later) {
  const [entry] = Object.entries(metafile.outputs).find(([, output]) => output.entryPoint === point);
  const of = (path) => metafile.outputs[path]?.imports ?? [];
  const found = new Set([entry]);
  for (const path of found) {
    for (const one of of(path)) if (!one.external && (later || one.kind === "import-statement")) found.add(one.path);
  }
  return [...found].map((path) => `assets/${basename(path)}`);
}

/** The crew's page works without a line: its worker knows the files by name, and a new build is a new worker. */
async function serviceWorker(crew, metafile) {
  const source = await readFile(join(root, "src/crew/worker.js"), "utf8");
  const scripts = scriptsOf(pages.crew, metafile, true).map((path) => `/${path}`);
  const needed = [...new Set([...scripts, crew.style])].filter(Boolean);
  const page = await readFile(join(dist, "crew.html"), "utf8");
  const version = createHash("sha256").update(source).update(page).update(needed.join()).digest("hex").slice(0, 12);
  await writeFile(
    join(dist, "crew-worker.js"),
    source.replace('"%VERSION%"', JSON.stringify(version)).replace('"%ASSETS%"', JSON.stringify(needed)),
  );
}

async function compress() {
  const brotli = promisify(brotliCompress);
  const zip = promisify(gzip);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 10 };
  const files = (await readdir(dist, { recursive: true })).filter((name) => /\.(js|css|html|svg|webmanifest)$/.test(name));
  const sizes = await Promise.all(
    files.map(async (name) => {
      const bytes = await readFile(join(dist, name));
      const packed = await zip(bytes, { level: 9 });
      await writeFile(join(dist, `${name}.gz`), packed);
      await writeFile(join(dist, `${name}.br`), await brotli(bytes, { params }));
      return [name, bytes.length, packed.length];
    }),
  );
  return sizes;
}

/** All script of all pages, gzipped: the issue of size is decided here and not by feeling. */
const LIMIT = 600 * 1024;
/** What the crew's page loads at the start: an old phone on a bad line. */
const CREW_LIMIT = 120 * 1024;

/** Whether the crew's page is as small as it has to be. */
function reportCrew(sizes, metafile) {
  const first = scriptsOf(pages.crew, metafile, false);
  const total = sizes.filter(([name]) => first.includes(name)).reduce((sum, [, , packed]) => sum + packed, 0);
  console.log(`${Math.round(total / 1024)} KB of script gzipped for the crew's page; ${CREW_LIMIT / 1024} KB may be`);
  if (total > CREW_LIMIT) {
    console.error("the crew's page is more than an old phone on a bad line should load");
    process.exitCode = 1;
  }
}

/** Whether all pages together are as small as they have to be; what a console loads before it is there, workers with it, is told. */
function report(sizes, metafile) {
  const first = new Set([pages.console, MAP_WORKER].flatMap((point) => scriptsOf(point, metafile, false)));
  const scripts = sizes.filter(([name]) => name.endsWith(".js"));
  const sum = (list) => list.reduce((all, [, , packed]) => all + packed, 0);
  const total = sum(scripts);
  const start = sum(scripts.filter(([name]) => first.has(name) || /positions-/.test(name)));
  for (const [name, plain, packed] of sizes.sort((a, b) => b[2] - a[2])) {
    console.log(`${String(Math.round(packed / 1024)).padStart(5)} KB gzipped  ${String(Math.round(plain / 1024)).padStart(5)} KB  ${name}`);
  }
  console.log(`${Math.round(start / 1024)} KB of script gzipped for a console at its start`);
  console.log(`${Math.round(total / 1024)} KB of script gzipped in all pages together; ${LIMIT / 1024} KB may be`);
  if (total > LIMIT) {
    console.error("more script than may be: find what is new in it, or do without");
    process.exitCode = 1;
  }
}

async function build() {
  await rm(dist, { recursive: true, force: true });
  await mkdir(join(dist, "assets"), { recursive: true });
  const worker = await workers();
  const settings = options(worker);
  if (!watch) {
    const result = await esbuild.build(settings);
    await writePages(result.metafile);
    const sizes = await compress();
    report(sizes, result.metafile);
    reportCrew(sizes, result.metafile);
    await rm(place, { recursive: true, force: true });
    await rename(dist, place);
    return;
  }
  const again = { name: "pages", setup: (made) => made.onEnd(async (result) => result.metafile && writePages(result.metafile)) };
  const context = await esbuild.context({ ...settings, plugins: [again] });
  await context.watch();
}

await build();
