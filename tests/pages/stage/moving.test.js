import assert from "node:assert/strict";
import test from "node:test";

import { Line } from "../../../pages/stage/moving.js";

const places = { x: (value) => 10 * value, y: (value) => 100 - value };

test("a line is all its points, in pixels", () => {
  assert.equal(new Line().d([0, 1, 2], [0, 50, 99.5], places), "M0.00,100.00L10.00,50.00L20.00,0.50");
  assert.equal(new Line().d([], [], places), "");
});

test("it grows by what came, and begins anew where it is shorter", () => {
  const line = new Line();
  const [x, y] = [Array.from({ length: 50 }, (_, i) => i), Array.from({ length: 50 }, (_, i) => (i * 7) % 30)];
  for (const end of [10, 11, 40, 50, 20, 20, 0, 7]) {
    assert.equal(line.d(x.slice(0, end), y.slice(0, end), places), new Line().d(x.slice(0, end), y.slice(0, end), places));
  }
});

test("points that nobody tells apart are one, but for the last", () => {
  const x = Array.from({ length: 101 }, (_, i) => i / 1000);
  assert.equal(new Line().d(x, x, places).split("L").length, 5); // 0, 0.25, 0.50, 0.75 and 1 pixel
  assert.ok(new Line().d(x.slice(0, 100), x, places).endsWith("L0.99,99.90"));
});

test("where there is no point there is a gap", () => {
  const y = [1, NaN, 3, -Infinity, 5, 6];
  assert.equal(new Line().d([0, 1, 2, 3, 4, 5], y, places), "M0.00,99.00M20.00,97.00M40.00,95.00L50.00,94.00");
});
