import assert from "node:assert/strict";
import test from "node:test";

import { fixed, grouped, inCell, percent, readoutText, significant } from "../../../pages/stage/numbers.js";
import { cases } from "./said_twice.js";

test("six significant digits, with a true minus sign, and powers of ten beyond", () => {
  for (const [value, text] of cases.numbers) assert.equal(significant(value), text);
  assert.equal(significant(-0), "0.00000");
});

test("a share is whole only if it is all or nothing", () => {
  for (const [share, text] of cases.shares) assert.equal(percent(share), text);
});

test("a cell shows three digits, or two and a power of ten", () => {
  for (const [value, text] of cases.cells) assert.equal(inCell(value), text);
});

test("decimals are counted, and what rounds to 0 has no sign", () => {
  for (const [value, decimals, text] of cases.decimals) assert.equal(fixed(value, decimals), text);
});

test("thousands are grouped by a narrow space", () => {
  assert.deepEqual([0, 999, 1000, 1234567].map(grouped), ["0", "999", "1\u202f000", "1\u202f234\u202f567"]);
});

test("a readout is a dash before its first value", () => {
  assert.equal(readoutText({ kind: "significant", first: 1 }, 0.5, 0), "–");
  assert.equal(readoutText({ kind: "significant", first: 1 }, 0.5, 1), "0.500000");
  assert.equal(readoutText({ kind: "percent", first: 0 }, 0.5, 0), "50 %");
});
