import assert from "node:assert/strict";
import test from "node:test";

import { isDark, recolour } from "../../../pages/stage/recolour.js";
import { cases } from "./said_twice.js";

test("colours get their twins; what a user may have typed does not", () => {
  for (const { light, dark } of cases.figures) assert.deepEqual(recolour(light, cases.twins), dark);
});

test("without twins a figure stays as it is", () => {
  for (const { light } of cases.figures) assert.deepEqual(recolour(light, {}), light);
});

test("a page is dark by its luminance, and light if its colour cannot be read", () => {
  assert.equal(isDark(" #0e1117"), true);
  assert.equal(isDark("#00ff00"), false); // green is bright
  assert.equal(isDark("#0000ff"), true); // blue is not
  assert.equal(isDark("white"), false);
  assert.equal(isDark(""), false);
});
