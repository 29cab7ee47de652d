import assert from "node:assert/strict";
import test from "node:test";

import { moved } from "../../../../../pages/shared/charts/values/cursor.js";

const row = (...across) => across.map((x) => ({ x }));
const GRID = [row(10, 30, 50), row(10, 30, 50)];
const CURVES = [row(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), row(4.4, 9)];

function walk(rows, at, ...keys) {
  return keys.reduce((there, key) => moved(rows, there, key), at);
}

test("arrows move through the cells of a heatmap and stay in it", () => {
  assert.deepEqual(walk(GRID, [0, 0], "ArrowRight", "ArrowDown"), [1, 1]);
  assert.deepEqual(walk(GRID, [1, 1], "ArrowUp", "ArrowLeft"), [0, 0]);
  assert.deepEqual(walk(GRID, [0, 0], "ArrowLeft", "ArrowUp"), [0, 0]);
  assert.deepEqual(walk(GRID, [1, 2], "ArrowRight", "ArrowDown"), [1, 2]);
});

test("over the end of a row is the next one, so one arrow reaches every cell", () => {
  const seen = [[0, 0]];
  for (let i = 0; i < 5; i++) seen.push(moved(GRID, seen.at(-1), "ArrowRight"));
  assert.deepEqual(seen, [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]]);
  assert.deepEqual(moved(GRID, [1, 0], "ArrowLeft"), [0, 2]);
});

test("from a curve to the next one it stays as near as it can", () => {
  assert.deepEqual(moved(CURVES, [0, 5], "ArrowDown"), [1, 0]);
  assert.deepEqual(moved(CURVES, [0, 9], "ArrowDown"), [1, 1]);
  assert.deepEqual(moved(CURVES, [1, 1], "ArrowUp"), [0, 9]);
});

test("Home, End and the Page keys stay in the row", () => {
  assert.deepEqual(walk(CURVES, [0, 5], "End"), [0, 11]);
  assert.deepEqual(walk(CURVES, [0, 5], "Home"), [0, 0]);
  assert.deepEqual(walk(CURVES, [0, 5], "PageDown"), [0, 7]);
  assert.deepEqual(walk(CURVES, [0, 1], "PageUp"), [0, 0]);
  assert.deepEqual(walk(CURVES, [0, 11], "PageDown"), [0, 11]);
});

test("a chart that has become smaller keeps the cursor in it; other keys are not its own", () => {
  assert.deepEqual(moved(GRID, [7, 9], "ArrowLeft"), [1, 1]);
  for (const key of [" ", "Tab", "n", "constructor"]) assert.equal(moved(GRID, [0, 0], key), null);
});
