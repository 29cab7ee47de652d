// Every module of the pages loads alone: none touches a page when it is imported, or leans on a name that it does not import.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import test from "node:test";

const PAGES = new URL("../../pages/", import.meta.url);
const modules = readdirSync(PAGES, { recursive: true }).filter((name) => name.endsWith(".js") && !name.endsWith(".min.js"));

test("there are modules", () => assert.ok(modules.length > 15));

for (const name of modules) {
  test(name, async () => assert.ok(Object.keys(await import(new URL(name, PAGES))).length > 0));
}
