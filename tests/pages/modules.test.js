// Every module of the pages loads alone: none touches a page when it is imported, or leans on a name that it does not import.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import test from "node:test";

const PAGES = new URL("../../pages/", import.meta.url);
// A worker is no module: it is the whole program of a thread, which a browser runs in a test of its own.
const ours = (name) => name.endsWith(".js") && !name.endsWith(".min.js") && !name.endsWith("worker.js");
const modules = readdirSync(PAGES, { recursive: true }).filter(ours);

test("there are modules", () => assert.ok(modules.length > 15));

for (const name of modules) {
  test(name, async () => assert.ok(Object.keys(await import(new URL(name, PAGES))).length > 0));
}
