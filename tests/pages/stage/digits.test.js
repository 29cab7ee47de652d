import assert from "node:assert/strict";
import test from "node:test";

import { digitsOf } from "../../../pages/stage/digits.js";

const DIGITS = { height: 17, templates: [[54, "%{z:.4f}"], [42, "%{z:.2f}"]] };
const NONE = { l: 0, r: 0, t: 0, b: 0 };
const chosen = (cells, width, height, changes) => digitsOf(cells, { ...DIGITS, ...changes }, { width, height }, NONE);

test("the widest template whose cells have room", () => {
  assert.deepEqual(chosen([[1, 2]], 108, 17), { texttemplate: "%{z:.4f}" });
  assert.deepEqual(chosen([[1, 2]], 107, 17), { texttemplate: "%{z:.2f}" });
  assert.deepEqual(chosen([[1, 2]], 83, 17), { texttemplate: "" });
  assert.deepEqual(chosen([[1, 2]], 108, 16), { texttemplate: "" });
});

test("margins and other matrices in the plot take their part", () => {
  const size = { width: 128, height: 37 };
  assert.equal(digitsOf([[1, 2]], DIGITS, size, { l: 15, r: 5, t: 10, b: 10 }).texttemplate, "%{z:.4f}");
  assert.equal(chosen([[1]], 108, 34, { share: [0.5, 0.5] }).texttemplate, "%{z:.4f}");
  assert.equal(chosen([[1]], 107, 34, { share: [0.5, 0.5] }).texttemplate, "%{z:.2f}");
});

test("where four decimals would be zeros, the powers of ten are written", () => {
  assert.deepEqual(chosen([Float32Array.of(0, -0.0005)], 108, 17), { texttemplate: "%{text}", text: [["0", "−5.0e−4"]] });
  assert.equal(chosen([[0, 0.001]], 108, 17).texttemplate, "%{z:.4f}");
  assert.equal(chosen([[0, 0]], 108, 17).texttemplate, "%{z:.4f}");
});
