import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { newSecret } from "../../../pages/classroom/code.js";
import { checked, read } from "../../../pages/classroom/messages.js";

const load = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const table = load("../../../pages/classroom/messages.json");
const cases = load("cases.json"); // test_said_twice.py reads the same

for (const [sender, text, isMessage] of cases.messages) {
  test(`${sender} ${isMessage ? "may" : "may not"} say ${text}`, () => assert.equal(read(table, sender, text) !== null, isMessage));
}

test("a message that none may say is not written either", () => {
  assert.equal(checked(table, "teacher", { type: "withdraw", question: NaN }), null);
  assert.equal(checked(table, "teacher", { type: "state", address: "a".repeat(60001) }), null);
});

test("no secret comes twice", () => {
  const secrets = Array.from({ length: 50 }, newSecret);
  assert.equal(new Set(secrets).size, 50);
  assert.ok(secrets.every((secret) => /^[0-9a-f]{32}$/.test(secret)));
});
