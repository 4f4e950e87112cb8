// Makes src/api/schema.ts, the types of the doors, from docs/openapi.json. It is made anew for each build and never kept, so it cannot
// say anything else than the document; a page that asks what the document does not have fails the check of types.
import { writeFile } from "node:fs/promises";
import openapi, { astToString } from "openapi-typescript";

const document = new URL("../../docs/openapi.json", import.meta.url);
const target = new URL("../src/api/schema.ts", import.meta.url);
await writeFile(target, astToString(await openapi(document)));
