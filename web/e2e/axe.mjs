// What axe finds wrong on a page: nothing serious may be left.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

const source = await readFile(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** Serious and critical violations, each with the first place it is at. */
export async function serious(made) {
  // Pages allow no script but their own: axe comes by the debugger's way, which no page can.
  const client = await made.context().newCDPSession(made);
  await client.send("Runtime.evaluate", { expression: source });
  const { result } = await client.send("Runtime.evaluate", {
    expression: "axe.run(document, { resultTypes: ['violations'] }).then((found) => JSON.stringify(found.violations))",
    awaitPromise: true,
    returnByValue: true,
  });
  const violations = JSON.parse(result.value).filter(({ impact }) => impact === "serious" || impact === "critical");
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

/** Fails where something serious is wrong. */
export async function checked(made) {
  assert.deepEqual(await serious(made), []);
}
