import assert from "node:assert/strict";
import test from "node:test";

import { typedCode } from "../../../pages/classroom/code.js";

test("a code is read as people type it, and out of a link", () => {
  const links = ["http://example.org/app/?class=CME7JAIM", "example.org?example=iris&class=cme7jaim&position=3", "https://example.org/teach?class=CME7JAIM#end"];
  for (const text of ["CME7JAIM", " cme7 jaim ", "CME7-JAIM", "cme7\u2013jaim", "C M E 7 J A I M", ...links]) assert.equal(typedCode(text), "CME7JAIM", text);
  assert.equal(typedCode("d2a3 0y0c"), "D2A3OYOC"); // what looks like a zero on the wall
  assert.equal(typedCode("CME7JA1M"), "CME7JAIM");
  assert.deepEqual(["", "class", "CME7/JAIM"].map(typedCode), ["", "CLASS", "CME7/JAIM"]);
});
