import assert from "node:assert/strict";
import test from "node:test";

import { holding } from "../../../pages/stage/sentence.js";

test("a question is said before the end, an answer there, and a finding from its place on", () => {
  const times = [[5, null], [3, null], [0, 4], [0, null]];
  assert.deepEqual([0, 3, 5].map((position) => holding(times, position)), [[2, 3], [1, 2, 3], [0, 1, 3]]);
});
