import assert from "node:assert/strict";
import test from "node:test";

import { typedValue, valueAt } from "../../../pages/stage/placing.js";

test("a value is written about as exactly as a pixel of its axis, without a tail of zeros", () => {
  assert.equal(typedValue(0.123456, [-0.2, 1.2]), "0.12");
  assert.equal(typedValue(0.9999, [-0.2, 1.2]), "1");
  assert.equal(typedValue(-0.001, [-0.2, 1.2]), "0");
  assert.equal(typedValue(123456, [0, 1e6]), "120000");
  assert.equal(typedValue(100, [0, 150]), "100");
  assert.equal(typedValue(0.00012345, [0, 0.001]), "0.00012");
});

test("beyond the end of an axis lies its end", () => {
  assert.deepEqual([-0.5, 0, 0.25, 1, 3].map((share) => valueAt(share, [2, 6])), [2, 2, 3, 6, 6]);
});
