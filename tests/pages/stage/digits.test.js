import assert from "node:assert/strict";
import test from "node:test";

import { digitsOf } from "../../../pages/stage/digits.js";

const DIGITS = { height: 17, decimals: [[54, 4], [42, 2]] };
const NONE = { l: 0, r: 0, t: 0, b: 0 };
const chosen = (cells, width, height, changes) => digitsOf(cells, { ...DIGITS, ...changes }, { width, height }, NONE);
const shown = (text) => ({ texttemplate: "%{text}", text });

test("the most decimals whose cells have room", () => {
  assert.deepEqual(chosen([[1, 2]], 108, 17), shown([["1.0000", "2.0000"]]));
  assert.deepEqual(chosen([[1, 2]], 107, 17), shown([["1.00", "2.00"]]));
  assert.deepEqual(chosen([[1, 2]], 83, 17), { texttemplate: "", text: null });
  assert.deepEqual(chosen([[1, 2]], 108, 16), { texttemplate: "", text: null });
});

test("a cell that has no value yet has no digits", () => {
  assert.deepEqual(chosen([[null, 2]], 108, 17).text, [["", "2.0000"]]);
});

test("margins and other matrices in the plot take their part", () => {
  const size = { width: 128, height: 37 };
  const four = [["1.0000", "2.0000"]];
  const margin = { l: 15, r: 5, t: 12, b: 8 };
  assert.deepEqual(digitsOf([[1, 2]], DIGITS, size, margin).text, four);
  assert.deepEqual(digitsOf([[1, 2]], DIGITS, { ...size, width: 127 }, margin).text, [["1.00", "2.00"]]);
  assert.equal(digitsOf([[1, 2]], DIGITS, { ...size, height: 36 }, margin).text, null);
  assert.equal(digitsOf([[1, 2], [1, 2]], DIGITS, { ...size, height: 53 }, margin).text, null); // a pixel less than two lines
  assert.deepEqual(digitsOf([[1, 2], [1, 2]], DIGITS, { ...size, height: 54 }, margin).text, [...four, ...four]);
  assert.deepEqual(chosen([[1]], 108, 34, { share: [0.5, 0.5] }).text, [["1.0000"]]);
  assert.deepEqual(chosen([[1]], 107, 34, { share: [0.5, 0.5] }).text, [["1.00"]]);
});

test("where four decimals would be zeros, and where they have no room, powers of ten are written", () => {
  assert.deepEqual(chosen([Float32Array.of(0, -0.0005)], 108, 17), shown([["0", "−5.0·10⁻⁴"]]));
  assert.deepEqual(chosen([[0, 0.001]], 108, 17).text, [["0.0000", "0.0010"]]);
  assert.deepEqual(chosen([[0.004, -0.0098]], 90, 17).text, [["4·10⁻³", "−1·10⁻²"]]);
  assert.deepEqual(chosen([[0.004, -0.01]], 90, 17).text, [["0.00", "−0.01"]]);
  assert.deepEqual(chosen([[0, 0]], 108, 17).text, [["0.0000", "0.0000"]]);
  assert.deepEqual(chosen([[12345, -97]], 108, 17, { decimals: [[42, null]] }).text, [["1.2·10⁴", "−97"]]);
  assert.deepEqual(chosen([[-12345, -97]], 90, 17, { decimals: [[42, null]] }).text, [["−1·10⁴", "−1·10²"]]);
});

test("a number that is longer than was foreseen has fewer digits, and none where it has no room", () => {
  assert.deepEqual(chosen([[100.04, -66.89]], 90, 17).text, [["100.04", "−66.89"]]);
  assert.deepEqual(chosen([[100.04, -66.89]], 80, 17, { decimals: [[40, 2]] }).text, [["100.0", "−66.9"]]);
  assert.deepEqual(chosen([[1e7, 1]], 108, 17).text, null);
  assert.deepEqual(chosen([[-1.4e-19, 0]], 120, 17).text, [["−1.4·10⁻¹⁹", "0"]]);
  assert.deepEqual(chosen([[-1.4e-19, 0]], 108, 17).text, [["−1·10⁻¹⁹", "0"]]);
  assert.deepEqual(chosen([[4.3e-5]], 38, 17).text, [["4·10⁻⁵"]]);
  assert.deepEqual(chosen([[4.3e-5]], 34, 17).text, null);
});
