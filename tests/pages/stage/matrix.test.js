import assert from "node:assert/strict";
import test from "node:test";

import { colouring, edges } from "../../../pages/stage/matrix.js";

const SCALE = [[0, "#000000"], [0.5, "#ffffff"], [1, "#ff8000"]];

test("a value has its colour between two stops, and beyond the ends that of the end", () => {
  const colour = colouring(SCALE, -2, 2);
  const pairs = { [-9]: "0,0,0", [-2]: "0,0,0", [-1]: "128,128,128", 0: "255,255,255", 1: "255,192,128", 2: "255,128,0", 9: "255,128,0" };
  for (const [value, channels] of Object.entries(pairs)) assert.equal(colour(Number(value)), `rgb(${channels})`);
});

test("cells share a length in whole pixels, with half a gap on either side", () => {
  assert.deepEqual(edges(10, 3), [[0, 3], [3, 4], [7, 3]]); // a trace that names no gap has none
  assert.deepEqual(edges(282, 4, 2), [[1, 69], [72, 68], [142, 69], [213, 68]]);
});
