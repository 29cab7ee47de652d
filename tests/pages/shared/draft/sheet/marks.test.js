import assert from "node:assert/strict";
import test from "node:test";

import { spoken } from "../../../../../pages/shared/draft/sheet/marks.js";

const TABLE = { headings: ["x₁", "y₁"] };

test("the first problem is said with its cell, the others are counted", () => {
  assert.equal(spoken([], TABLE), "");
  assert.equal(spoken([[2, 1, "1.7 is not a label."]], TABLE), "y₁, row 3: 1.7 is not a label.");
  assert.equal(spoken([[2, 1, "Is empty."], [3, 0, ""]], TABLE), "y₁, row 3: Is empty. And 1 more.");
});

test("a problem of a heading or of the whole table says itself where it is", () => {
  assert.equal(spoken([[null, 1, "Two columns are called y."]], TABLE), "Two columns are called y.");
  assert.equal(spoken([[null, null, "There is no sample."]], TABLE), "There is no sample.");
});
