// Makes src/public/icon-512.png from icon.svg, with the browser the tests use. Phones want a picture of dots; run it when the icon changes.
import { readFile } from "node:fs/promises";
import { browser } from "../e2e/browser.mjs";

const folder = new URL("../src/public/", import.meta.url).pathname;
const svg = await readFile(`${folder}icon.svg`, "utf8");
const open = await browser();
const page = await open.newPage({ viewport: { width: 512, height: 512 } });
// To the very edge, so that a phone may cut it to its own shape.
await page.setContent(`<style>html,body{margin:0}svg{display:block;width:512px;height:512px}</style>${svg.replace('rx="12"', 'rx="0"')}`);
await page.screenshot({ path: `${folder}icon-512.png` });
await open.close();
